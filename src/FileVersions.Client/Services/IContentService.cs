using FileVersions.Http;

namespace FileVersions.Services;

/// <summary>Locates the contents of file versions for one account.</summary>
public interface IContentService
{
    /// <summary>The account.</summary>
    ServiceConnection Connection { get; }

    /// <summary>Adds the facts that a download needs, such as size and checksum. Sends no request if none is missing.</summary>
    /// <param name="version">The version.</param>
    /// <param name="log">Receives log lines; null for no log.</param>
    /// <exception cref="FileVersionException">The service does not describe the version.</exception>
    Task<VersionToSave> CompleteAsync(VersionToSave version, Action<string>? log, CancellationToken cancellationToken);

    /// <summary>Returns where the content of a version can be downloaded.</summary>
    /// <param name="version">The version, with all facts that a download needs.</param>
    /// <param name="renew">Whether to replace an address that has expired.</param>
    /// <param name="log">Receives log lines; null for no log.</param>
    /// <exception cref="FileVersionException">The service does not provide an address.</exception>
    Task<ContentLocation> LocateAsync(VersionToSave version, bool renew, Action<string>? log, CancellationToken cancellationToken);
}
