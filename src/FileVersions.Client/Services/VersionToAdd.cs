namespace FileVersions.Services;

/// <summary>A local file that becomes a new version of a file.</summary>
/// <param name="FileId">The file's id or web address.</param>
/// <param name="Path">The full path of the local file.</param>
public sealed record VersionToAdd(string FileId, string Path)
{
    /// <summary>Whether to add the version even if the current version has the same content.</summary>
    public bool Force { get; init; }

    /// <summary>The file's path in the account, if the caller knows it. The result carries it unless the service reports a path itself.</summary>
    public string? FilePath { get; init; }

    /// <summary>The new name of the file; null to keep its name. Only Box supports it.</summary>
    public string? Name { get; init; }

    /// <summary>The date of the content's last change; null to leave it to the service. Only Box supports it.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>The entity tag that the file must have; null for any. Only Box supports it.</summary>
    public string? ETag { get; init; }
}
