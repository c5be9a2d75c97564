namespace FileVersions.ImageKit;

/// <summary>Which versions of a file to put out. ImageKit always sends all of them, 100 at most; the cut is made here.</summary>
public sealed class IKListOptions
{
    /// <summary>Leaves out the first so many versions.</summary>
    public long Offset { get; init; }

    /// <summary>The most versions to put out; null for all.</summary>
    public long? Limit { get; init; }
}
