namespace FileVersions.Keeping;

/// <summary>What the rules need to know about one version of a file. Versions of any service, or rows of a table, can be mapped to it.</summary>
/// <param name="fileId">The id of the file. Ids are compared exactly, including case.</param>
/// <param name="versionId">The id of the version, unique within its file.</param>
public sealed class VersionEntry(string fileId, string versionId)
{
    /// <summary>The id of the file.</summary>
    public string FileId { get; } = fileId;

    /// <summary>The id of the version.</summary>
    public string VersionId { get; } = versionId;

    /// <summary>The name of the version; null if unknown.</summary>
    public string? Name { get; init; }

    /// <summary>The path of the file; null if unknown.</summary>
    public string? FilePath { get; init; }

    /// <summary>When the version was created, according to the service; null if unknown.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The service's number for the version, which decides between versions of the same date; null if unknown.</summary>
    public long? Number { get; init; }

    /// <summary>The size in bytes; null if unknown.</summary>
    public long? Size { get; init; }

    /// <summary>The SHA-1 of the content in hexadecimal digits; null or empty if unknown.</summary>
    public string? Sha1 { get; init; }

    /// <summary>Whether this is the current version of its file.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>When the version was moved to the trash; null if it is not in the trash.</summary>
    public DateTimeOffset? TrashedAt { get; init; }

    /// <summary>The object that was mapped to this entry. The rules do not use it.</summary>
    public object? Source { get; init; }
}
