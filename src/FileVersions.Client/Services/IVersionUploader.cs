using FileVersions.Http;

namespace FileVersions.Services;

/// <summary>Adds versions to the files of one account.</summary>
public interface IVersionUploader<TVersion>
    where TVersion : class, IFileVersion
{
    /// <summary>The account.</summary>
    ServiceConnection Connection { get; }

    /// <summary>Reads the file that gets a version, and checks whether the service would accept one. Sends no content.</summary>
    /// <param name="version">The version to add.</param>
    /// <param name="size">The size of its content in bytes.</param>
    /// <param name="log">Receives log lines; null for no log.</param>
    /// <exception cref="FileVersionException">The file cannot be read, or no version can be added to it.</exception>
    Task<IUploadTarget<TVersion>> OpenAsync(VersionToAdd version, long size, Action<string>? log, CancellationToken cancellationToken);
}
