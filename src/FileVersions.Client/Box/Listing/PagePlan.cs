namespace FileVersions.Box.Listing;

/// <summary>What is known about the pages of a version list, and which page to request next. Immutable; sends nothing.</summary>
internal sealed record PagePlan
{
    /// <summary>Box reduces a larger <c>limit</c> to this.</summary>
    internal const int MaxPageSize = 1000;

    /// <summary>Box refuses a larger <c>offset</c>, so versions beyond the page at this offset cannot be listed.</summary>
    internal const int MaxOffset = 10_000;

    internal PagePlan(int pageSize) => PageSize = Math.Min(pageSize, MaxPageSize);

    /// <summary>The page size that Box accepts, as far as is known.</summary>
    internal long PageSize { get; init; }

    /// <summary>The number of positions in the list; null if the service has not reported it.</summary>
    internal long? Total { get; init; }

    /// <summary>The position after the last one that can be listed.</summary>
    internal long Reachable { get; init; } = MaxOffset + MaxPageSize;

    /// <summary>Whether a page contained fewer versions than positions.</summary>
    internal bool HasGaps { get; init; }

    /// <summary>The position after the last one to request.</summary>
    internal long End => Math.Min(Total ?? long.MaxValue, Reachable);

    /// <summary>The positions of the next page, which begins at a start. At least one version is still wanted.</summary>
    internal PageRange Next(long start, long wanted)
    {
        wanted = Math.Min(wanted, (Total ?? long.MaxValue) - start);
        if (start >= MaxOffset)
        {
            // Box accepts no larger offset, so the last page may be larger than the page size.
            return new PageRange(start, Math.Max(start + 1, HasGaps ? Reachable : Math.Min(Reachable, Add(start, wanted))));
        }

        // Where pages have gaps, whole pages need fewer requests.
        long length = HasGaps ? PageSize : Math.Min(PageSize, wanted);
        long end = Add(start, length);

        // A page that continues beyond the maximum offset has to start there.
        return new PageRange(start, wanted > PageSize ? Math.Min(MaxOffset, end) : end);
    }

    /// <summary>The plan with what a page has shown.</summary>
    internal PagePlan After(PageContent page)
    {
        long? total = page.Total ?? Total;
        return this with
        {
            Total = total,
            PageSize = Math.Min(PageSize, page.AcceptedLimit ?? PageSize),
            Reachable = page.Reachable ?? Reachable,
            HasGaps = HasGaps || page.Versions.Count < Math.Min(page.Range.End, total ?? page.Range.End) - page.Range.Start,
        };
    }

    private static long Add(long start, long length) => length > long.MaxValue - start ? long.MaxValue : start + length;
}
