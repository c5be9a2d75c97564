namespace FileVersions.Services;

/// <summary>Options for reading versions of a file.</summary>
public record VersionReadOptions
{
    /// <summary>
    /// The fields to request, by the names that the service uses; null for all documented fields. Services that always return all
    /// fields, such as ImageKit, ignore it.
    /// </summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>The file's path, if the caller knows it. Versions carry it unless the service reports a path itself.</summary>
    public string? FilePath { get; init; }
}
