namespace FileVersions.Box.Listing;

/// <summary>Reads the pages of a version list in order. As soon as the total is known, it requests pages ahead.</summary>
internal sealed class PagePrefetcher(PageReader reader, PagePlan plan, long start, int maxInFlight, CancellationToken cancellationToken)
{
    private readonly Queue<(PageRange Range, Task<PageContent> Content)> _inFlight = new();
    private CancellationTokenSource? _stop;
    private long _position = start;
    private long _lengthInFlight;
    private bool _hasStarted;
    private bool _sawEnd;

    /// <summary>What the pages returned so far have shown.</summary>
    internal PagePlan Plan { get; private set; } = plan;

    /// <summary>Whether versions exist, or may exist, that cannot be listed.</summary>
    internal bool IsTruncated => Plan.Total is { } total ? total > Plan.Reachable : !_sawEnd && _position >= Plan.Reachable;

    /// <summary>Returns the next page; null at the end of the list, or if no more versions are wanted.</summary>
    /// <exception cref="FileVersionException">The page cannot be read. If the total is known, later pages can.</exception>
    internal async Task<PageContent?> NextAsync(long wanted)
    {
        RequestPages(wanted);
        if (_inFlight.Count == 0)
        {
            return null;
        }

        // If the page fails, its positions still count as in flight, so that a limit does not request others in their place.
        (PageRange range, Task<PageContent> content) = _inFlight.Dequeue();
        PageContent page = await content.ConfigureAwait(false);
        _lengthInFlight -= range.Length;
        if (Plan.Total is null)
        {
            _position = page.Range.End;
            _sawEnd = page.Total is null && page.Versions.Count == 0 && range.Start < (page.Reachable ?? Plan.Reachable);
        }

        Plan = Plan.After(page);
        return page;
    }

    /// <summary>Cancels the requests in flight and waits until they have ended.</summary>
    internal async Task CloseAsync()
    {
        _stop?.Cancel();
        while (_inFlight.Count > 0)
        {
            await _inFlight.Dequeue().Content.WhenEndedAsync().ConfigureAwait(false);
        }

        _stop?.Dispose();
        _stop = null;
    }

    private void RequestPages(long wanted)
    {
        // Without a total, only an empty page shows the end, so pages are requested one by one. The first page is always requested.
        bool isTotalKnown = Plan.Total is not null;
        while (_inFlight.Count < (isTotalKnown ? maxInFlight : 1) && wanted > _lengthInFlight && !_sawEnd && (_position < Plan.End || !_hasStarted))
        {
            _hasStarted = true;
            PageRange range = Plan.Next(_position, wanted - _lengthInFlight);
            CancellationToken stop = isTotalKnown
                ? (_stop ??= CancellationTokenSource.CreateLinkedTokenSource(cancellationToken)).Token
                : cancellationToken;
            _inFlight.Enqueue((range, reader.ReadAsync(range, whole: isTotalKnown, stop)));
            _lengthInFlight += range.Length;
            _position = range.End;
        }
    }
}
