using FileVersions.Http;

namespace FileVersions.Services;

/// <summary>An object that was read from a service with an account.</summary>
public interface IFromService
{
    /// <summary>
    /// The account, acting as the user, that the object was read with; null for a copy from another process or a file. A method, so that
    /// serialisers and shells do not show it.
    /// </summary>
    ServiceConnection? GetConnection();
}
