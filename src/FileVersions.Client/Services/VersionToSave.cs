namespace FileVersions.Services;

/// <summary>A version to save, with what is known about it. The service is asked for missing facts.</summary>
/// <param name="FileId">The file's id.</param>
/// <param name="VersionId">The version's id.</param>
public sealed record VersionToSave(string FileId, string VersionId)
{
    /// <summary>The file's name at that version; null if unknown.</summary>
    public string? Name { get; init; }

    /// <summary>The file's path in the account, such as <c>/Reports/q3.pdf</c>; null if unknown.</summary>
    public string? FilePath { get; init; }

    /// <summary>The size in bytes; null if unknown.</summary>
    public long? Size { get; init; }

    /// <summary>The SHA-1 of the content as 40 hexadecimal digits; null if unknown. Only Box provides it.</summary>
    public string? Sha1 { get; init; }

    /// <summary>An address of the content that needs no credential; null if unknown. Only ImageKit provides it in advance.</summary>
    public string? Url { get; init; }

    /// <summary>The date of the version's last change, which the saved file receives; null if unknown.</summary>
    public DateTimeOffset? Date { get; init; }
}
