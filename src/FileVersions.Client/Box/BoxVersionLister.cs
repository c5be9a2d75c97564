using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Fetching;
using FileVersions.Http;

namespace FileVersions.Box;

/// <summary>
/// Lists the versions of one file by offset. After the first page has told how many there are, the others are fetched at once.
/// </summary>
/// <remarks>
/// Pages may hold fewer entries than their limit, even none, so the way goes by the reply's <c>limit</c>, not by the entries.
/// Versions that come or go meanwhile move the others between pages: what comes twice is put out once, and the list is read
/// again until a whole pass saw no change.
/// </remarks>
internal sealed class BoxVersionLister
{
    /// <summary>Box clamps a larger <c>limit</c> to this.</summary>
    internal const int LargestPage = 1000;

    /// <summary>Box refuses a larger <c>offset</c> with 400, so that nothing behind this offset and one page can be listed.</summary>
    internal const int LargestOffset = 10000;

    private const int MostPasses = 3;

    private readonly BoxClient _client;
    private readonly string _fileId;
    private readonly BoxListOptions _list;
    private readonly BoxRequestOptions _options;
    private readonly IFetchContext<BoxFileVersion> _context;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private long _wanted;
    private int _pageSize;
    private long _reachable = LargestOffset + LargestPage;
    private long? _total;
    private bool _changed;
    private bool _shrank;
    private FileVersionException? _failure;

    internal BoxVersionLister(
        BoxClient client, string fileId, BoxListOptions list, BoxRequestOptions options, IFetchContext<BoxFileVersion> context)
    {
        _client = client;
        _fileId = fileId;
        _list = list;
        _options = options;
        _context = context;
        _pageSize = Math.Min(Math.Max(list.PageSize, 1), LargestPage);
        _wanted = list.Limit ?? long.MaxValue;
    }

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        // An id that cannot be one fails here, before anything is sent.
        ServiceAddress.Segment(_fileId);
        if (_wanted == 0)
        {
            return;
        }

        long start = _list.Offset;
        if (_list.IncludeCurrent)
        {
            if (start > 0)
            {
                start--;
            }
            else
            {
                BoxFileVersion current = await _context.RequestAsync(
                    stop => _client.GetCurrentVersionAsync(_fileId, _options, _context.Log, stop), cancellationToken).ConfigureAwait(false);
                _context.Emit([current]);
                if (--_wanted == 0)
                {
                    return;
                }
            }
        }

        await ListPastAsync(start, cancellationToken).ConfigureAwait(false);
    }

    private async Task ListPastAsync(long start, CancellationToken cancellationToken)
    {
        long end = await ListFirstPassAsync(start, cancellationToken).ConfigureAwait(false);
        if (_failure is null && _changed)
        {
            await ListAgainAsync(start, cancellationToken).ConfigureAwait(false);
        }

        if (_failure is not null)
        {
            throw _failure;
        }

        if (_wanted > 0)
        {
            ThrowIfTruncated(end);
        }
    }

    /// <returns>The position behind the last one that was asked for.</returns>
    private async Task<long> ListFirstPassAsync(long start, CancellationToken cancellationToken)
    {
        Range first = await FetchAsync(PlanRange(start, _wanted), isFirst: true, cancellationToken).ConfigureAwait(false);
        _total = first.Total;
        long next = first.End;

        // Box says the limit that it used: what it clamped once it clamps again.
        _pageSize = (int)Math.Min(_pageSize, Math.Max(1, first.End - first.Start));
        bool isOnlyPage = _total is not null && next >= _total;
        Emit(first.Entries, remember: !isOnlyPage);
        if (isOnlyPage || _wanted == 0)
        {
            return next;
        }

        return _total is null
            ? await StepAsync(next, first.Entries.Count, cancellationToken).ConfigureAwait(false)
            : await ListRestAsync(next, entries => Emit(entries, remember: true), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Without a total, only an empty page tells the end.</summary>
    private async Task<long> StepAsync(long next, int lastCount, CancellationToken cancellationToken)
    {
        while (_wanted > 0 && lastCount > 0 && next < _reachable)
        {
            Range range = await FetchAsync(PlanRange(next, _wanted), isFirst: true, cancellationToken).ConfigureAwait(false);
            Emit(range.Entries, remember: true);
            next = range.End;
            lastCount = range.Entries.Count;
        }

        return next;
    }

    /// <summary>Fetches pages at once, only as many as are still wanted, and hands them on in their order.</summary>
    private async Task<long> ListRestAsync(long next, Action<List<BoxFileVersion?>> emit, CancellationToken cancellationToken)
    {
        var running = new Queue<Task<Range>>();
        long underWay = 0;
        try
        {
            while (true)
            {
                while (running.Count < 2 * _context.ThrottleLimit && next < Math.Min(_total!.Value, _reachable) && _wanted - underWay > 0)
                {
                    Range plan = PlanRange(next, Math.Min(_wanted - underWay, _total.Value - next));
                    running.Enqueue(FetchAsync(plan, isFirst: false, cancellationToken));
                    underWay += plan.Length;
                    next = plan.End;
                }

                if (running.Count == 0)
                {
                    return next;
                }

                Range range = await ResultOfAsync(running.Dequeue()).ConfigureAwait(false);
                underWay -= range.Length;
                NoteTotal(range.Total);
                emit(range.Entries);
            }
        }
        finally
        {
            foreach (Task<Range> task in running)
            {
                _ = task.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }
        }
    }

    /// <summary>
    /// A page that failed leaves a hole: what else there is still comes, and the failure is told at the end. Its positions stay
    /// counted, so that a limit does not fetch others in their place.
    /// </summary>
    private async Task<Range> ResultOfAsync(Task<Range> task)
    {
        try
        {
            return await task.ConfigureAwait(false);
        }
        catch (FileVersionException e) when (!e.ConcernsAccount)
        {
            _failure ??= e;
            return new Range(0, 0) { Total = _total };
        }
    }

    /// <summary>Reads the list again after a change and puts out what the first pass had not seen.</summary>
    private async Task ListAgainAsync(long start, CancellationToken cancellationToken)
    {
        if (_wanted == 0)
        {
            // What was asked for came out; whether it is the same window as before the change nobody can tell.
            if (_shrank)
            {
                WarnOfChange();
            }

            return;
        }

        for (int pass = 1; pass < MostPasses && _changed; pass++)
        {
            _changed = false;

            // With an offset, versions that were left out on purpose may have moved into the window: they stand before the first known one.
            bool reachedKnown = start == 0;
            await ListRestAsync(
                start,
                entries =>
                {
                    var missed = new List<BoxFileVersion?>();
                    foreach (BoxFileVersion? version in entries)
                    {
                        bool isNew = !_seen.Contains(version!.VersionId!);
                        reachedKnown |= !isNew;
                        if (isNew && reachedKnown)
                        {
                            missed.Add(version);
                        }
                    }

                    Emit(missed, remember: true);
                },
                cancellationToken).ConfigureAwait(false);
        }

        if (_changed)
        {
            WarnOfChange();
        }
    }

    private void WarnOfChange() =>
        _context.Warn(string.Format(CultureInfo.CurrentCulture, Texts.ChangedWhileListing, ErrorTexts.Subject(_fileId, null)));

    private void NoteTotal(long? total)
    {
        if (total is not { } now || now == _total)
        {
            return;
        }

        _changed = true;
        _shrank |= now < _total;
        _total = now;
    }

    /// <summary>Puts out the entries that are wanted and did not come before.</summary>
    private void Emit(List<BoxFileVersion?> entries, bool remember)
    {
        var items = new List<BoxFileVersion>(entries.Count);
        foreach (BoxFileVersion? version in entries)
        {
            if (remember && !_seen.Add(version!.VersionId!))
            {
                _changed = true;
            }
            else if (_wanted > 0)
            {
                items.Add(version!);
                _wanted--;
            }
        }

        _context.Emit(items);
    }

    private Range PlanRange(long start, long wanted)
    {
        if (start >= LargestOffset)
        {
            // The last page that Box gives: as large as it may be, whatever the page size, for there is no other way to its end.
            return new Range(start, Math.Max(start + 1, Math.Min(_reachable, Add(start, wanted))));
        }

        return new Range(start, Math.Min(LargestOffset, Add(start, Math.Min(_pageSize, wanted))));
    }

    private static long Add(long start, long length) => length > long.MaxValue - start ? long.MaxValue : start + length;

    /// <summary>Fetches the entries at the positions of a range, in more than one request where Box gives less than asked for.</summary>
    private async Task<Range> FetchAsync(Range plan, bool isFirst, CancellationToken cancellationToken)
    {
        long at = plan.Start;
        long? total = null;
        var entries = new List<BoxFileVersion?>();
        do
        {
            long offset = Math.Min(at, LargestOffset);
            long limit = Math.Min(plan.End - offset, LargestPage);
            BoxVersionPage? page = await FetchPageAsync(offset, limit, cancellationToken).ConfigureAwait(false);
            if (page is null)
            {
                break;
            }

            total = page.TotalCount.Value;
            List<BoxFileVersion?> found = page.Entries!;
            int before = (int)(Math.Min(at, _reachable) - offset);
            entries.AddRange(before == 0 ? found : found.GetRange(Math.Min(before, found.Count), Math.Max(0, found.Count - before)));
            long used = page.Limit.Value is > 0 and { } clamped ? Math.Min(clamped, limit) : limit;
            at = Math.Max(at + 1, offset + used);
        }
        while (!isFirst && at < plan.End && total is not null && at < total);

        return new Range(plan.Start, isFirst ? at : plan.End) { Entries = entries, Total = total };
    }

    /// <returns>Null when Box refuses the offset itself, which some of its documentation says of the largest one.</returns>
    private async Task<BoxVersionPage?> FetchPageAsync(long offset, long limit, CancellationToken cancellationToken)
    {
        try
        {
            return await _context.RequestAsync(
                stop => _client.GetPageAsync(_fileId, offset, limit, _options, _context.Log, stop), cancellationToken).ConfigureAwait(false);
        }
        catch (FileVersionException e) when (offset == LargestOffset && (int?)e.StatusCode == 400)
        {
            _reachable = LargestOffset;
            return null;
        }
    }

    private void ThrowIfTruncated(long end)
    {
        string subject = ErrorTexts.Subject(_fileId, null);
        string? message = null;
        if (_total > _reachable)
        {
            message = string.Format(CultureInfo.CurrentCulture, Texts.ResultTruncated, subject, _total, _reachable);
        }
        else if (_total is null && end >= _reachable)
        {
            message = string.Format(CultureInfo.CurrentCulture, Texts.ResultTruncatedUnknown, subject, _reachable);
        }

        if (message is not null)
        {
            throw new FileVersionException(FileVersionErrorKind.ResultTruncated, message) { FileId = _fileId };
        }
    }

    /// <summary>Positions of the list, and what was found there.</summary>
    private sealed class Range(long start, long end)
    {
        internal long Start { get; } = start;

        internal long End { get; } = end;

        internal long Length => End - Start;

        internal List<BoxFileVersion?> Entries { get; init; } = [];

        internal long? Total { get; init; }
    }
}
