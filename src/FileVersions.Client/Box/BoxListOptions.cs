namespace FileVersions.Box;

/// <summary>Which versions of a file to list.</summary>
public sealed class BoxListOptions
{
    /// <summary>Leaves out the first so many versions.</summary>
    public long Offset { get; init; }

    /// <summary>The most versions to list; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>The most versions to ask for in one request, 1 to 1000. Box clamps more to 1000.</summary>
    public int PageSize { get; init; } = BoxVersionLister.LargestPage;

    /// <summary>Puts the current version first, as the element 0 that <see cref="Offset"/> and <see cref="Limit"/> count. Box's list holds past versions only.</summary>
    public bool IncludeCurrent { get; init; }
}
