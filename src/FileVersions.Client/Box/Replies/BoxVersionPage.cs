namespace FileVersions.Box.Replies;

/// <summary>One page of a file's past versions.</summary>
internal sealed class BoxVersionPage
{
    /// <summary>How many past versions the file has; null if the reply does not say.</summary>
    internal long? TotalCount { get; set; }

    /// <summary>The page size that Box applied; null if the reply does not say.</summary>
    internal long? Limit { get; set; }

    /// <summary>The versions. A page may have fewer than its limit, even if more pages follow.</summary>
    internal List<BoxFileVersion>? Entries { get; set; }
}
