namespace FileVersions.Services;

/// <summary>A part of a content that a service has stored.</summary>
/// <param name="Id">The service's id for the part.</param>
/// <param name="Offset">The position of its first byte.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha1">The SHA-1 in hexadecimal digits; null if the service did not send it.</param>
public sealed record UploadedPart(string Id, long Offset, long Size, string? Sha1 = null);
