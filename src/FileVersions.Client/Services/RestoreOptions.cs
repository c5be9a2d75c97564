namespace FileVersions.Services;

/// <summary>Options for making a version current.</summary>
public record RestoreOptions
{
    /// <summary>Whether to restore the version even if the current version is the same.</summary>
    public bool Force { get; init; }

    /// <summary>
    /// The version's name, if the caller knows it. A service whose version ids are not stable, such as ImageKit, restores the version
    /// with this name, even if its id has changed.
    /// </summary>
    public string? VersionName { get; init; }

    /// <summary>The file's path, if the caller knows it. The result carries it, with the restored name.</summary>
    public string? FilePath { get; init; }
}
