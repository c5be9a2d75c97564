namespace FileVersions.Services;

/// <summary>A part of a content that a service has stored.</summary>
/// <param name="id">The service's id for the part.</param>
/// <param name="offset">The position of its first byte.</param>
/// <param name="size">Its size in bytes.</param>
public sealed class UploadedPart(string id, long offset, long size)
{
    /// <summary>The service's id for the part.</summary>
    public string Id { get; } = id;

    /// <summary>The position of its first byte.</summary>
    public long Offset { get; } = offset;

    /// <summary>Its size in bytes.</summary>
    public long Size { get; } = size;

    /// <summary>The SHA-1 in hexadecimal digits; null if the service did not send it.</summary>
    public string? Sha1 { get; init; }
}
