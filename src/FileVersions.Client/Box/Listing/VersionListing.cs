using FileVersions.Box.Replies;
using FileVersions.Fetching;
using FileVersions.Http.Errors;
using FileVersions.Services;

namespace FileVersions.Box.Listing;

/// <summary>Lists the versions of one file: exactly those that are wanted, each once.</summary>
/// <remarks>
/// Versions that appear or disappear during the listing move others between pages. If that is noticed, the list is read again until a pass
/// sees no change.
/// </remarks>
internal sealed class VersionListing : IPageReader<BoxFileVersion>
{
    private const int MaxPasses = 3;

    private readonly BoxClient _client;
    private readonly string _fileId;
    private readonly VersionListOptions _options;
    private readonly IRequestContext _context;
    private readonly CancellationToken _cancellationToken;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly PageReader _reader;
    private readonly long _start;
    private PagePrefetcher _pages;
    private State _state;
    private int _pass;
    private long _wanted;
    private bool _hasChanged;
    private bool _hasShrunk;
    private bool _reachedKnown;
    private FileVersionException? _failure;

    internal VersionListing(BoxClient client, string fileId, VersionListOptions options, IRequestContext context, CancellationToken cancellationToken)
    {
        _client = client;
        _fileId = fileId;
        _options = options;
        _context = context;
        _cancellationToken = cancellationToken;
        _wanted = options.Limit ?? long.MaxValue;

        // The current version is element 0, but Box's list contains past versions only.
        _state = options is { IncludeCurrent: true, Offset: 0 } ? State.Current : State.Pages;
        _start = options.IncludeCurrent ? Math.Max(0, options.Offset - 1) : options.Offset;
        _reader = new PageReader(GetPageAsync, _start);
        _pages = StartPass(new PagePlan(options.PageSize ?? PagePlan.MaxPageSize));
    }

    private enum State
    {
        /// <summary>The current version comes next.</summary>
        Current,

        /// <summary>A page of past versions comes next.</summary>
        Pages,

        /// <summary>The list is complete.</summary>
        Finished,
    }

    public async Task<IReadOnlyList<BoxFileVersion>?> NextAsync()
    {
        while (_wanted > 0 && _state != State.Finished)
        {
            if (_state == State.Current)
            {
                return await ReadCurrentAsync().ConfigureAwait(false);
            }

            if (await ReadPageAsync().ConfigureAwait(false) is not { } versions)
            {
                EndPass();
            }
            else if (versions.Count > 0)
            {
                return versions;
            }
        }

        Finish();
        return null;
    }

    public Task CloseAsync() => _pages.CloseAsync();

    private PagePrefetcher StartPass(PagePlan plan)
    {
        _pass++;
        _hasChanged = false;
        return new PagePrefetcher(_reader, plan, _start, 2 * _context.ThrottleLimit, _cancellationToken);
    }

    private async Task<IReadOnlyList<BoxFileVersion>> ReadCurrentAsync()
    {
        BoxFileVersion current = await _context.RequestAsync(
            stop => _client.GetCurrentVersionAsync(_fileId, _options, _context.Log, stop), _cancellationToken).ConfigureAwait(false);
        _state = State.Pages;
        _wanted--;

        // If a new version is uploaded before the list is read, the list starts with this one.
        _seen.Add(current.VersionId!);
        return [current];
    }

    private Task<BoxVersionPage> GetPageAsync(long offset, long limit, CancellationToken cancellationToken) => _context.RequestAsync(
        stop => _client.GetPageAsync(_fileId, offset, limit, _options, _context.Log, stop), cancellationToken);

    /// <returns>The versions that are wanted and were not returned before; null at the end of the list.</returns>
    private async Task<List<BoxFileVersion>?> ReadPageAsync()
    {
        long? knownTotal = _pages.Plan.Total;
        PageContent? page;
        try
        {
            page = await _pages.NextAsync(_wanted).ConfigureAwait(false);
        }
        catch (FileVersionException e) when (knownTotal is not null && !e.IsAccountError)
        {
            // The other pages are returned before the error.
            _failure ??= e;
            return [];
        }

        if (page is not null && knownTotal is not null && page.Total is { } total && total != knownTotal)
        {
            _hasChanged = true;
            _hasShrunk |= total < knownTotal;
        }

        return page is null ? null : SelectNew(page);
    }

    private List<BoxFileVersion> SelectNew(PageContent page)
    {
        var selected = new List<BoxFileVersion>(page.Versions.Count);
        foreach (BoxFileVersion version in page.Versions)
        {
            if (_seen.Contains(version.VersionId!))
            {
                _reachedKnown = true;
                _hasChanged |= _pass == 1 && !page.RepeatsEarlier;
            }
            else if (_wanted > 0 && (_pass == 1 || _reachedKnown))
            {
                _seen.Add(version.VersionId!);
                selected.Add(version);
                _wanted--;
            }
        }

        return selected;
    }

    private void EndPass()
    {
        if (_failure is not null || !_hasChanged || _pass == MaxPasses)
        {
            _state = State.Finished;
            return;
        }

        // Most positions hold versions that were returned before, so whole pages need fewer requests.
        _pages = StartPass(_pages.Plan with { HasGaps = true });

        // With an offset, skipped versions may have moved down into the window, before the first known one. If versions disappeared,
        // those that were missed are there instead.
        _reachedKnown = _start == 0 || _hasShrunk;
    }

    private void Finish()
    {
        _state = State.Finished;
        if (_failure is not null)
        {
            throw _failure;
        }

        if (_wanted == 0 ? _hasShrunk : _hasChanged || (_hasShrunk && _start > 0))
        {
            // Versions may have moved to positions that were not read again.
            _context.Warn(Texts.BoxChangedWhileListing.FormatWith(ErrorText.Subject(_fileId, null)));
        }

        if (_wanted > 0 && _pages.IsTruncated)
        {
            throw Truncated(_pages.Plan);
        }
    }

    private FileVersionException Truncated(PagePlan plan) => plan.Total is { } total
        ? ErrorFactory.ForFile(FileVersionErrorKind.ResultTruncated, _fileId, versionId: null, Texts.BoxResultTruncated, total, plan.Reachable)
        : ErrorFactory.ForFile(FileVersionErrorKind.ResultTruncated, _fileId, versionId: null, Texts.BoxResultTruncatedUnknown, plan.Reachable);
}
