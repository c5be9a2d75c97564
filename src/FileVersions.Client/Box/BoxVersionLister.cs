using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Fetching;
using FileVersions.Http;

namespace FileVersions.Box;

/// <summary>
/// Lists the versions of one file by offset. As soon as the first page tells how many there are, which Box does in its first
/// bytes, the others are fetched at once.
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

    private long _start;
    private long _wanted;
    private int _pageSize;
    private long _reachable = LargestOffset + LargestPage;
    private long? _total;
    private bool _hasGaps;
    private bool _changed;
    private bool _shrank;
    private FileVersionException? _failure;

    // The pages that were asked for while the first one was still coming in.
    private PagesUnderWay? _ahead;

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

        _start = _list.Offset;
        if (_list.IncludeCurrent)
        {
            await ListCurrentAsync(cancellationToken).ConfigureAwait(false);
            if (_wanted == 0)
            {
                return;
            }
        }

        long end = await ListFirstPassAsync(cancellationToken).ConfigureAwait(false);
        if (_failure is null && _changed)
        {
            await ListAgainAsync(cancellationToken).ConfigureAwait(false);
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

    /// <summary>The current version stands before the past ones, which an offset counts too.</summary>
    private async Task ListCurrentAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _start--;
            return;
        }

        BoxFileVersion current = await _context.RequestAsync(
            stop => _client.GetCurrentVersionAsync(_fileId, _options, _context.Log, stop), cancellationToken).ConfigureAwait(false);
        _context.Emit([current]);
        _wanted--;

        // Should a new version come meanwhile, this one is the first of the past ones.
        _seen.Add(current.VersionId!);
    }

    /// <returns>The position behind the last one that was asked for.</returns>
    private async Task<long> ListFirstPassAsync(CancellationToken cancellationToken)
    {
        Range plan = PlanRange(_start, _wanted);
        Range first;
        try
        {
            Action<long>? onTotal = _wanted > plan.Length ? total => LookAhead(plan, total, cancellationToken) : null;
            first = await FetchAsync(plan, isWhole: false, onTotal, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await EndAsync(_ahead).ConfigureAwait(false);
            throw;
        }

        if (_ahead is not null)
        {
            return await ListAheadAsync(first, _ahead).ConfigureAwait(false);
        }

        _total = first.Total;
        long next = first.End;

        bool isOnlyPage = _total is not null && next >= _total;
        Emit(first, remember: !isOnlyPage || _seen.Count > 0);
        if (isOnlyPage || _wanted == 0)
        {
            return next;
        }

        return _total is null
            ? await StepAsync(first, cancellationToken).ConfigureAwait(false)
            : await ListRestAsync(new PagesUnderWay(next, cancellationToken), EmitNew).ConfigureAwait(false);
    }

    /// <summary>Asks for further pages when the first one begins to come in and tells that there are some.</summary>
    private void LookAhead(Range first, long total, CancellationToken cancellationToken)
    {
        // A reply that was cut off comes again.
        if (_ahead is null && total > first.End)
        {
            _total = total;
            _ahead = new PagesUnderWay(first.End, cancellationToken) { Length = first.Length };

            // Whether pages come short is not known yet: then the last one that is wanted has to be a whole one too.
            AskForMore(_ahead, fewest: _pageSize);
        }
    }

    private Task<long> ListAheadAsync(Range first, PagesUnderWay pages)
    {
        pages.Length -= first.Length;
        NoteTotal(first.Total);
        EmitNew(first);
        return ListRestAsync(pages, EmitNew);
    }

    private void EmitNew(Range range) => Emit(range, remember: true);

    /// <summary>Without a total, only an empty page tells the end.</summary>
    private async Task<long> StepAsync(Range last, CancellationToken cancellationToken)
    {
        while (_wanted > 0 && last.Entries.Count > 0 && last.End < _reachable)
        {
            last = await FetchAsync(PlanRange(last.End, _wanted), isWhole: false, onTotal: null, cancellationToken).ConfigureAwait(false);
            Emit(last, remember: true);
        }

        if (last.Entries.Count == 0 && last.Start < _reachable)
        {
            _total = last.Start;
        }

        return last.End;
    }

    /// <summary>Fetches pages at once, only as many as are still wanted, and hands them on in their order.</summary>
    private async Task<long> ListRestAsync(PagesUnderWay pages, Action<Range> emit)
    {
        try
        {
            while (true)
            {
                AskForMore(pages, fewest: 1);
                if (pages.Requests.Count == 0)
                {
                    return pages.Next;
                }

                Range range = await ResultOfAsync(pages.Requests.Dequeue()).ConfigureAwait(false);
                pages.Length -= range.Length;
                NoteTotal(range.Total);
                if (range.Length > 0)
                {
                    emit(range);
                }
            }
        }
        finally
        {
            await EndAsync(pages).ConfigureAwait(false);
        }
    }

    private void AskForMore(PagesUnderWay pages, long fewest)
    {
        while (pages.Requests.Count < 2 * _context.ThrottleLimit && pages.Next < Math.Min(_total!.Value, _reachable) && _wanted - pages.Length >= fewest)
        {
            Range plan = PlanRange(pages.Next, Math.Min(_wanted - pages.Length, _total.Value - pages.Next));
            pages.Requests.Enqueue(FetchAsync(plan, isWhole: true, onTotal: null, pages.Stop.Token));
            pages.Length += plan.Length;
            pages.Next = plan.End;
        }
    }

    /// <summary>Sees to it that no request outlives the listing of its file.</summary>
    private static async Task EndAsync(PagesUnderWay? pages)
    {
        if (pages is null)
        {
            return;
        }

        using CancellationTokenSource stop = pages.Stop;
        if (pages.Requests.Count > 0)
        {
            stop.Cancel();
            Task all = Task.WhenAll(pages.Requests);
            await all.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
                .ConfigureAwait(false);
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
    private async Task ListAgainAsync(CancellationToken cancellationToken)
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

            // With an offset, versions that were left out on purpose may have moved down into the window: they stand before the
            // first known one. When versions vanished, those that were missed stand there instead.
            bool reachedKnown = _start == 0 || _shrank;
            await ListRestAsync(
                new PagesUnderWay(_start, cancellationToken),
                range =>
                {
                    var missed = new List<BoxFileVersion?>();
                    foreach (BoxFileVersion? version in range.Entries)
                    {
                        bool isNew = !_seen.Contains(version!.VersionId!);
                        reachedKnown |= !isNew;
                        if (isNew && reachedKnown)
                        {
                            missed.Add(version);
                        }
                    }

                    EmitNew(new Range(range.Start, range.End) { Entries = missed });
                }).ConfigureAwait(false);
        }

        // What moved up from the window to where nothing was asked for was not read again.
        if (_changed || (_shrank && _start > 0))
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
    private void Emit(Range range, bool remember)
    {
        var items = new List<BoxFileVersion>(range.Entries.Count);
        foreach (BoxFileVersion? version in range.Entries)
        {
            if (remember && !_seen.Add(version!.VersionId!))
            {
                _changed |= !range.RepeatsOthers;
            }
            else if (_wanted > 0)
            {
                items.Add(version!);
                _wanted--;
            }
        }

        _hasGaps |= range.Entries.Count < Math.Min(range.End, _total ?? range.End) - range.Start;
        _context.Emit(items);
    }

    /// <summary>Which positions to ask for next. Where pages come short, whole ones reach what is wanted in fewer requests.</summary>
    private Range PlanRange(long start, long wanted)
    {
        if (start >= LargestOffset)
        {
            // The last page that Box gives: as large as it may be, whatever the page size, for there is no other way to its end.
            return new Range(start, Math.Max(start + 1, _hasGaps ? _reachable : Math.Min(_reachable, Add(start, wanted))));
        }

        if (_hasGaps)
        {
            wanted = Math.Max(wanted, _pageSize);
        }

        // What goes on behind the largest offset has to begin there.
        long end = Add(start, Math.Min(_pageSize, wanted));
        return new Range(start, wanted > _pageSize ? Math.Min(LargestOffset, end) : end);
    }

    private static long Add(long start, long length) => length > long.MaxValue - start ? long.MaxValue : start + length;

    /// <summary>Fetches the entries at the positions of a range.</summary>
    /// <param name="plan">The range.</param>
    /// <param name="isWhole">
    /// Whether to go on where Box gives less than asked for; else the range ends there. It goes on too when what follows was asked for
    /// meanwhile.
    /// </param>
    /// <param name="onTotal">As for <see cref="BoxClient.GetPageAsync"/>.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    private async Task<Range> FetchAsync(Range plan, bool isWhole, Action<long>? onTotal, CancellationToken cancellationToken)
    {
        long at = plan.Start;
        long? total = null;
        bool repeatsOthers = false;
        var entries = new List<BoxFileVersion?>();
        do
        {
            long offset = Math.Min(at, LargestOffset);
            long limit = Math.Min(plan.End - offset, LargestPage);
            BoxVersionPage page;
            try
            {
                page = await _context.RequestAsync(
                    stop => _client.GetPageAsync(_fileId, offset, limit, _options, _context.Log, onTotal, stop), cancellationToken).ConfigureAwait(false);
            }
            catch (FileVersionException e) when (offset == LargestOffset && (int?)e.StatusCode == 400)
            {
                // Box refuses the offset itself, which some of its documentation says of the largest one.
                _reachable = at > _start ? at : LargestOffset;
                break;
            }

            // Before the range stand, at the largest offset, versions that were left out on purpose or have come before.
            total = page.TotalCount.Value;
            List<BoxFileVersion?> found = page.Entries!;
            int leftOut = (int)Math.Max(0, Math.Min(_start, offset + found.Count) - offset);
            entries.AddRange(leftOut == 0 ? found : found.GetRange(leftOut, found.Count - leftOut));
            repeatsOthers |= Math.Max(offset, _start) < at;
            long used = page.Limit.Value is > 0 and { } clamped ? Math.Min(clamped, limit) : limit;
            if (offset == LargestOffset && used < limit)
            {
                _reachable = offset + used;
            }
            else if (!isWhole && used < limit)
            {
                // What Box clamped once it clamps again.
                _pageSize = (int)used;
            }

            at = Math.Max(at + 1, offset + used);
        }
        while ((isWhole || _ahead is not null) && at < Math.Min(plan.End, _reachable) && (total is null || at < total));

        return new Range(plan.Start, isWhole || _ahead is not null ? plan.End : at) { Entries = entries, Total = total, RepeatsOthers = repeatsOthers };
    }

    private void ThrowIfTruncated(long end)
    {
        bool isKnown = _total > _reachable;
        if (!isKnown && (_total is not null || end < _reachable))
        {
            return;
        }

        string subject = ErrorTexts.Subject(_fileId, null);
        string message = isKnown
            ? string.Format(CultureInfo.CurrentCulture, Texts.ResultTruncated, subject, _total, _reachable)
            : string.Format(CultureInfo.CurrentCulture, Texts.ResultTruncatedUnknown, subject, _reachable);
        throw new FileVersionException(FileVersionErrorKind.ResultTruncated, message) { FileId = _fileId };
    }

    /// <summary>Pages that were asked for, in their order.</summary>
    private sealed class PagesUnderWay(long next, CancellationToken cancellationToken)
    {
        internal Queue<Task<Range>> Requests { get; } = new();

        /// <summary>The position behind the last of them.</summary>
        internal long Next { get; set; } = next;

        /// <summary>How many positions they cover.</summary>
        internal long Length { get; set; }

        internal CancellationTokenSource Stop { get; } = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Positions of the list, and what was found there.</summary>
    private sealed class Range(long start, long end)
    {
        internal long Start { get; } = start;

        internal long End { get; } = end;

        internal long Length => End - Start;

        internal List<BoxFileVersion?> Entries { get; init; } = [];

        internal long? Total { get; init; }

        /// <summary>Whether entries that earlier ranges hold stand here too, for there was no other way to those behind them.</summary>
        internal bool RepeatsOthers { get; init; }
    }
}
