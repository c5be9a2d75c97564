namespace FileVersions.Services;

/// <summary>Sends the content of a version in parts. Nothing is visible in the file before the commit.</summary>
public interface IUploadSession<TVersion>
    where TVersion : class, IFileVersion
{
    /// <summary>The size of every part but the last, in bytes.</summary>
    int PartSize { get; }

    /// <summary>Sends a part once. It may have been stored even if the request fails.</summary>
    /// <param name="offset">The position of the first byte.</param>
    /// <param name="content">The content of the part.</param>
    Task<UploadedPart> SendPartAsync(long offset, UploadContent content, CancellationToken cancellationToken);

    /// <summary>Lists the parts that were stored.</summary>
    Task<IReadOnlyList<UploadedPart>> ListPartsAsync(CancellationToken cancellationToken);

    /// <summary>Creates the version from all parts. If the outcome is unknown, looks for the version before it sends the commit again.</summary>
    /// <param name="parts">The parts in the order of the content.</param>
    /// <param name="sha1">The SHA-1 of the whole content in hexadecimal digits.</param>
    /// <returns>The new version.</returns>
    Task<TVersion> CommitAsync(IReadOnlyList<UploadedPart> parts, string sha1, CancellationToken cancellationToken);

    /// <summary>Discards the parts. Changes nothing after a commit.</summary>
    Task AbortAsync(CancellationToken cancellationToken);
}
