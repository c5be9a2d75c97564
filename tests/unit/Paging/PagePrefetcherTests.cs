using System.Globalization;
using FileVersions.Box;
using FileVersions.Box.Listing;
using FileVersions.Box.Replies;

namespace FileVersions.UnitTests.Paging;

public sealed class PagePrefetcherTests
{
    private readonly List<long> _requested = [];
    private readonly Dictionary<long, TaskCompletionSource> _held = [];

    [Fact]
    public async Task Pages_are_requested_ahead_once_the_total_is_known()
    {
        PagePrefetcher pages = Prefetcher(maxInFlight: 3);

        await pages.NextAsync(long.MaxValue);
        Assert.Equal([0], _requested);

        await pages.NextAsync(long.MaxValue);
        Assert.Equal([0, 100, 200, 300], _requested);

        await pages.NextAsync(long.MaxValue);
        Assert.Equal([0, 100, 200, 300, 400], _requested);
    }

    [Fact]
    public async Task Pages_are_returned_in_order_even_if_they_arrive_out_of_order()
    {
        PagePrefetcher pages = Prefetcher(maxInFlight: 3);
        await pages.NextAsync(long.MaxValue);
        _held[100] = new TaskCompletionSource();

        Task<PageContent?> second = pages.NextAsync(long.MaxValue);
        Assert.Contains(300, _requested);
        Assert.False(second.IsCompleted);
        _held[100].SetResult();

        Assert.Equal(100, (await second)!.Range.Start);
        Assert.Equal(200, (await pages.NextAsync(long.MaxValue))!.Range.Start);
    }

    [Fact]
    public async Task Requested_positions_do_not_exceed_the_requested_versions()
    {
        PagePrefetcher pages = Prefetcher(maxInFlight: 8);
        await pages.NextAsync(250);

        PageContent? second = await pages.NextAsync(150);
        PageContent? third = await pages.NextAsync(50);

        Assert.Equal(new PageRange(100, 200), second!.Range);
        Assert.Equal(new PageRange(200, 250), third!.Range);
        Assert.Equal([0, 100, 200], _requested);
        Assert.Null(await pages.NextAsync(0));
    }

    [Fact]
    public async Task The_list_ends_at_the_total()
    {
        PagePrefetcher pages = Prefetcher(total: 250, maxInFlight: 8);

        var ranges = new List<PageRange>();
        while (await pages.NextAsync(long.MaxValue) is { } page)
        {
            ranges.Add(page.Range);
        }

        Assert.Equal([new PageRange(0, 100), new PageRange(100, 200), new PageRange(200, 250)], ranges);
        Assert.False(pages.IsTruncated);
    }

    [Fact]
    public async Task Without_a_total_an_empty_page_ends_the_list()
    {
        PagePrefetcher pages = Prefetcher(total: null, versions: 250, maxInFlight: 8);

        while (await pages.NextAsync(long.MaxValue) is not null)
        {
        }

        Assert.Equal([0, 100, 200, 300], _requested);
        Assert.False(pages.IsTruncated);
    }

    [Fact]
    public async Task A_total_above_the_listable_maximum_marks_the_list_as_truncated()
    {
        PagePrefetcher pages = Prefetcher(total: 11_001, versions: 11_001, start: 10_990, maxInFlight: 8);

        PageContent? only = await pages.NextAsync(long.MaxValue);

        Assert.Equal(10, only!.Versions.Count);
        Assert.Null(await pages.NextAsync(long.MaxValue));
        Assert.True(pages.IsTruncated);
    }

    [Fact]
    public async Task A_failed_page_is_skipped_and_not_replaced()
    {
        PagePrefetcher pages = Prefetcher(maxInFlight: 8);
        await pages.NextAsync(300);
        _held[100] = new TaskCompletionSource();
        _held[100].SetException(new FileVersionException(FileVersionErrorKind.ServiceUnavailable, "Failed."));

        await Assert.ThrowsAsync<FileVersionException>(() => pages.NextAsync(200));

        Assert.Equal(200, (await pages.NextAsync(200))!.Range.Start);
        Assert.Null(await pages.NextAsync(100));
        Assert.Equal([0, 100, 200], _requested);
    }

    [Fact]
    public async Task Closing_cancels_the_pages_in_flight()
    {
        PagePrefetcher pages = Prefetcher(maxInFlight: 3);
        await pages.NextAsync(long.MaxValue);
        _held[200] = new TaskCompletionSource();
        await pages.NextAsync(long.MaxValue);

        await pages.CloseAsync();

        Assert.Null(await pages.NextAsync(0));
    }

    private PagePrefetcher Prefetcher(int maxInFlight, long? total = 1000, int versions = 1000, long start = 0)
    {
        var reader = new PageReader(GetPageAsync, start);
        return new PagePrefetcher(reader, new PagePlan(100), start, maxInFlight, default);

        async Task<BoxVersionPage> GetPageAsync(long offset, long limit, CancellationToken cancellationToken)
        {
            _requested.Add(offset);
            if (_held.TryGetValue(offset, out TaskCompletionSource? hold))
            {
                await hold.Task.WaitAsync(cancellationToken);
            }

            int count = (int)Math.Clamp(versions - offset, 0, limit);
            return new BoxVersionPage
            {
                TotalCount = total,
                Limit = limit,
                Entries = [.. Enumerable.Range((int)offset, count).Select(id => new BoxFileVersion { VersionId = id.ToString(CultureInfo.InvariantCulture) })],
            };
        }
    }
}
