namespace FileVersions.Box.Listing;

/// <summary>What was found in a range of positions.</summary>
/// <param name="Range">The positions that were read.</param>
/// <param name="Versions">The versions found there.</param>
internal sealed record PageContent(PageRange Range, List<BoxFileVersion> Versions)
{
    /// <summary>The number of positions in the list; null if the service did not report it.</summary>
    internal long? Total { get; init; }

    /// <summary>The page size to which Box reduced the request; null if it did not.</summary>
    internal long? AcceptedLimit { get; init; }

    /// <summary>The position after the last one that can be listed; null unless this page has shown it.</summary>
    internal long? Reachable { get; init; }

    /// <summary>Whether versions of earlier positions are included, because their positions cannot be told apart.</summary>
    internal bool RepeatsEarlier { get; init; }
}
