using System.Collections.Concurrent;
using System.Globalization;
using FileVersions.Fetching;

namespace FileVersions.UnitTests.Fetching;

/// <summary>A tree whose nodes are paths: the root is "r", its children are "r/0", "r/1" and so on.</summary>
public sealed class TreeWalkTests
{
    private readonly ConcurrentQueue<string> _requests = new();
    private int _inFlight;
    private int _peak;

    [Fact]
    public async Task Items_are_returned_node_by_node_in_discovery_order()
    {
        List<string> output = await WalkAsync(depth: 2, width: 3, pages: 2, delay: path => path.Length % 3);

        string[] expected =
        [
            "r:0", "r:1", "r/0:0", "r/0:1", "r/1:0", "r/1:1", "r/2:0", "r/2:1",
            .. from i in Enumerable.Range(0, 3) from j in Enumerable.Range(0, 3) from page in Enumerable.Range(0, 2) select $"r/{i}/{j}:{page}",
        ];
        Assert.Equal(expected, output);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task The_throttle_limit_bounds_the_requests_in_flight(int throttleLimit)
    {
        await WalkAsync(depth: 2, width: 5, pages: 2, throttleLimit: throttleLimit, delay: _ => 1);

        Assert.Equal(2 * (1 + 5 + 25), _requests.Count);
        Assert.InRange(_peak, 1, throttleLimit);
    }

    [Fact]
    public async Task A_failed_node_reports_one_error_and_the_walk_continues()
    {
        List<string> output = await WalkAsync(depth: 2, width: 2, pages: 2, fails: request => request is "r/0:1");

        Assert.Equal(
            ["r:0", "r:1", "r/0:0", "error r/0", "r/1:0", "r/1:1", "r/0/0:0", "r/0/0:1", "r/1/0:0", "r/1/0:1", "r/1/1:0", "r/1/1:1"], output);
    }

    [Fact]
    public async Task An_account_error_ends_the_walk()
    {
        List<string> output = await WalkAsync(
            depth: 1, width: 2, pages: 1, fails: request => request is "r/0:0", kind: FileVersionErrorKind.AuthenticationFailed);

        Assert.Equal(["r:0", "error r/0"], output);
    }

    [Fact]
    public async Task A_slow_reader_limits_the_pages_requested()
    {
        using var fetcher = Start(depth: 1, width: 1000, pages: 1, throttleLimit: 2);
        Assert.Equal(TakeResult.Taken, fetcher.Take(TimeSpan.FromSeconds(30), out FetchEvent<string> _));
        await WaitUntilQuietAsync();

        // The walk starts four nodes per request slot, and the output can buffer as many pages.
        Assert.InRange(_requests.Count, 2, 64);
    }

    [Fact]
    public async Task Disposal_cancels_requests_in_flight()
    {
        var fetcher = Start(depth: 1, width: 50, pages: 1, delay: path => path == "r" ? 0 : Timeout.Infinite);
        fetcher.Take(TimeSpan.FromSeconds(30), out FetchEvent<string> _);
        SpinWait.SpinUntil(() => Volatile.Read(ref _inFlight) > 0, TimeSpan.FromSeconds(30));

        fetcher.Dispose();

        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _inFlight) == 0, TimeSpan.FromSeconds(30)));
        await WaitUntilQuietAsync();
    }

    private async Task WaitUntilQuietAsync()
    {
        int count;
        do
        {
            count = _requests.Count;
            await Task.Delay(200);
        }
        while (count != _requests.Count);
    }

    private async Task<List<string>> WalkAsync(
        int depth,
        int width,
        int pages,
        int throttleLimit = 8,
        Func<string, int>? delay = null,
        Func<string, bool>? fails = null,
        FileVersionErrorKind kind = FileVersionErrorKind.AccessDenied)
    {
        using var fetcher = Start(depth, width, pages, throttleLimit, delay, fails, kind);
        var output = new List<string>();
        while (await fetcher.TakeAsync() is { } next)
        {
            output.AddRange(next.Items ?? []);
            if (next.Error is FileVersionException error)
            {
                output.Add($"error {error.FileId}");
            }
        }

        return output;
    }

    private OrderedFetcher<string> Start(
        int depth,
        int width,
        int pages,
        int throttleLimit = 8,
        Func<string, int>? delay = null,
        Func<string, bool>? fails = null,
        FileVersionErrorKind kind = FileVersionErrorKind.AccessDenied)
    {
        var fetcher = new OrderedFetcher<string>(throttleLimit);
        fetcher.Add("r", (context, stop) => new TreeWalk<string, string>(context, ReadAsync, stop).RunAsync("r"));
        return fetcher;

        async Task<TreePage<string, string>> ReadAsync(string path, string? marker, CancellationToken stop)
        {
            int page = marker is null ? 0 : int.Parse(marker, CultureInfo.InvariantCulture);
            string request = $"{path}:{page}";
            _requests.Enqueue(request);
            int inFlight = Interlocked.Increment(ref _inFlight);
            lock (_requests)
            {
                _peak = Math.Max(_peak, inFlight);
            }

            try
            {
                await Task.Delay(delay?.Invoke(path) ?? 0, stop);
            }
            finally
            {
                Interlocked.Decrement(ref _inFlight);
            }

            if (fails?.Invoke(request) == true)
            {
                throw new FileVersionException(kind, "failed") { FileId = path };
            }

            // The children of a node are spread over its pages.
            bool isLeaf = path.Count(c => c == '/') == depth;
            string[] children = isLeaf ? [] : [.. Enumerable.Range(0, width).Where(child => child * pages / width == page).Select(child => $"{path}/{child}")];
            string? next = page + 1 < pages ? (page + 1).ToString(CultureInfo.InvariantCulture) : null;
            return new TreePage<string, string>([request], children, next);
        }
    }
}
