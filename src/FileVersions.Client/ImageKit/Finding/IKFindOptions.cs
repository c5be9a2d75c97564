using FileVersions.Services;

namespace FileVersions.ImageKit.Finding;

/// <summary>Options for finding files in ImageKit.</summary>
public sealed record IKFindOptions : FindOptions<IKFile>
{
    /// <summary>The number of files to skip, of those that <see cref="FindOptions{TFile}.Filter"/> selects. Zero or greater.</summary>
    public long Offset { get; init; }

    /// <summary>The maximum number of files; null for all. Zero or greater.</summary>
    public long? Limit { get; init; }
}
