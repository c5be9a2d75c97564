using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.Keeping;

namespace FileVersions.Services;

/// <summary>The operations on file versions that every service provides, for one account.</summary>
/// <remarks>
/// Each operation that returns a task is one unit of work, whatever the number of its requests: it needs one request slot. Every
/// failure is a <see cref="FileVersionException"/>.
/// </remarks>
public interface IVersionService<TVersion>
    where TVersion : class, IFileVersion
{
    /// <summary>The account.</summary>
    ServiceConnection Connection { get; }

    /// <summary>What the service's creation dates say about the time in which a version was in force.</summary>
    CreatedAtMeaning CreatedAtMeaning { get; }

    /// <summary>Returns the file id in a text: an id, or a web address that the service recognises.</summary>
    /// <exception cref="FileVersionException">The text contains no file id.</exception>
    string ParseFileId(string text);

    /// <summary>Opens the list of a file's versions. Requests are sent when pages are read.</summary>
    /// <param name="fileId">The file's id or web address.</param>
    /// <param name="options">Which versions to list.</param>
    /// <param name="context">Provides request slots and receives warnings and log lines.</param>
    /// <exception cref="FileVersionException">The id or an option is not valid.</exception>
    IPageReader<TVersion> OpenVersions(string fileId, VersionListOptions options, IRequestContext context, CancellationToken cancellationToken);

    /// <summary>Reads one version, the current one or a past one.</summary>
    /// <param name="fileId">The file's id or web address.</param>
    /// <param name="versionId">The version's id.</param>
    /// <param name="options">What to read; null for the defaults.</param>
    /// <param name="log">Receives log lines; null for no log.</param>
    Task<TVersion> GetVersionAsync(
        string fileId, string versionId, VersionReadOptions? options = null, Action<string>? log = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the current version.</summary>
    /// <param name="fileId">The file's id or web address.</param>
    /// <param name="options">What to read; null for the defaults.</param>
    /// <param name="log">Receives log lines; null for no log.</param>
    Task<TVersion> GetCurrentVersionAsync(
        string fileId, VersionReadOptions? options = null, Action<string>? log = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes a version current. Sends no change if the current version is the same, so it can be repeated after any failure. A version
    /// in the trash is taken out of it first.
    /// </summary>
    /// <param name="fileId">The file's id or web address.</param>
    /// <param name="versionId">The version's id.</param>
    /// <param name="options">How to restore; null for the defaults.</param>
    /// <param name="log">Receives log lines; null for no log.</param>
    /// <returns>The version that is current afterwards.</returns>
    Task<TVersion> RestoreVersionAsync(
        string fileId, string versionId, RestoreOptions? options = null, Action<string>? log = null, CancellationToken cancellationToken = default);

    /// <summary>Removes a past version: to the trash if the service has one, otherwise permanently.</summary>
    /// <param name="fileId">The file's id or web address.</param>
    /// <param name="versionId">The version's id.</param>
    /// <param name="log">Receives log lines; null for no log.</param>
    Task RemoveVersionAsync(string fileId, string versionId, Action<string>? log = null, CancellationToken cancellationToken = default);
}
