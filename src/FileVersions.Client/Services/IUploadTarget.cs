namespace FileVersions.Services;

/// <summary>A file that gets a new version, in its state before the upload.</summary>
public interface IUploadTarget<TVersion>
    where TVersion : class, IFileVersion
{
    /// <summary>The size of the largest content to send in one request, in bytes. Larger contents are sent in parts.</summary>
    long MaxRequestSize { get; }

    /// <summary>Returns the current version if it equals the version to add; otherwise null.</summary>
    /// <param name="content">The content to add. Its hash is computed only if the sizes are equal.</param>
    Task<TVersion?> FindSameAsync(UploadContent content, CancellationToken cancellationToken);

    /// <summary>Adds a version in one request. If the outcome is unknown, looks for the version before sending it again.</summary>
    /// <param name="content">The content.</param>
    /// <returns>The new version.</returns>
    Task<TVersion> SendAsync(UploadContent content, CancellationToken cancellationToken);

    /// <summary>Opens a session to send the content in parts.</summary>
    Task<IUploadSession<TVersion>> OpenSessionAsync(CancellationToken cancellationToken);
}
