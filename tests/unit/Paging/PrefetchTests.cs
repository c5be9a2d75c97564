using System.Collections.Concurrent;
using System.Globalization;
using FileVersions.Box;
using FileVersions.Services;
using FileVersions.UnitTests.Support;
using Microsoft.AspNetCore.Http;

namespace FileVersions.UnitTests.Paging;

public sealed class PrefetchTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<long> _offsets = new();
    private int _inFlight;

    [Fact]
    public async Task Remaining_pages_are_requested_concurrently_once_the_total_is_known()
    {
        var othersArrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using LoopbackServer server = await LoopbackServer.StartAsync(context => RespondAsync(context, 4000, async offset =>
        {
            if (_offsets.Count == 4)
            {
                othersArrived.TrySetResult();
            }

            if (offset > 0)
            {
                await othersArrived.Task.WaitAsync(s_timeout);
            }
        }));

        Listing<BoxFileVersion> listing = await Clients.Box(server.Address).ListAsync(["1"]);

        Assert.Empty(listing.Errors);
        Assert.Equal(Enumerable.Range(0, 4000).Select(Text), listing.Items.Select(version => version.VersionId));
        Assert.Equal([0, 1000, 2000, 3000], _offsets.Order());
    }

    [Fact]
    public async Task A_throttle_limit_of_one_requests_pages_sequentially()
    {
        int peak = 0;
        await using LoopbackServer server = await LoopbackServer.StartAsync(context => RespondAsync(context, 4000, async _ =>
        {
            peak = Math.Max(peak, Volatile.Read(ref _inFlight));
            await Task.Delay(5);
        }));

        Listing<BoxFileVersion> listing = await Clients.Box(server.Address).ListAsync(["1"], throttleLimit: 1);

        Assert.Equal(4000, listing.Items.Count);
        Assert.Equal([0, 1000, 2000, 3000], _offsets);
        Assert.Equal(1, peak);
    }

    [Fact]
    public async Task No_page_is_requested_twice_if_a_later_page_reports_the_total()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            long offset = Offset(context);
            _offsets.Enqueue(offset);
            string total = offset == 0 ? string.Empty : "\"total_count\":5000,";
            await context.Response.WriteAsync($"{{{total}\"entries\":[{(offset < 3000 ? Entries(offset) : string.Empty)}],\"limit\":1000}}");
        });

        Listing<BoxFileVersion> listing = await Clients.Box(server.Address).ListAsync(["1"]);

        Assert.Equal(3000, listing.Items.Count);
        Assert.Equal([0, 1000, 2000, 3000, 4000], _offsets.Order());
    }

    [Fact]
    public async Task A_failed_page_is_reported_after_all_other_pages()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(context => RespondAsync(context, 4000, offset =>
        {
            context.Response.StatusCode = offset == 1000 ? 500 : 200;
            return Task.CompletedTask;
        }));

        Listing<BoxFileVersion> listing = await Clients.Box(server.Address).ListAsync(["1"]);

        Assert.Equal(Enumerable.Range(0, 4000).Where(id => id / 1000 != 1).Select(Text), listing.Items.Select(version => version.VersionId));
        Assert.Equal(FileVersionErrorKind.ServiceUnavailable, Assert.Single(listing.Errors).Kind);
        Assert.NotNull(listing.Events[^1].Error);
    }

    [Fact]
    public async Task Ending_the_listing_cancels_pages_in_flight()
    {
        var othersArrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using LoopbackServer server = await LoopbackServer.StartAsync(context => RespondAsync(context, 9000, async offset =>
        {
            if (_offsets.Count > 3)
            {
                othersArrived.TrySetResult();
            }

            if (offset > 0)
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
        }));

        int read = 0;
        await foreach (BoxFileVersion version in Clients.Box(server.Address).ListVersionsAsync("1"))
        {
            if (++read == 1000)
            {
                await othersArrived.Task.WaitAsync(s_timeout);
                break;
            }
        }

        Assert.Equal(1000, read);
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _inFlight) == 0, s_timeout), "Requests are still in flight.");
    }

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    private static long Offset(HttpContext context) => long.Parse(context.Request.Query["offset"]!, CultureInfo.InvariantCulture);

    private static string Entries(long offset) =>
        string.Join(',', Enumerable.Range((int)offset, 1000).Select(id => $"{{\"type\":\"file_version\",\"id\":\"{id}\"}}"));

    private async Task RespondAsync(HttpContext context, int total, Func<long, Task> before)
    {
        Interlocked.Increment(ref _inFlight);
        try
        {
            long offset = Offset(context);
            _offsets.Enqueue(offset);
            await before(offset);
            await context.Response.WriteAsync($"{{\"total_count\":{total},\"entries\":[{Entries(offset)}],\"limit\":1000}}");
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }
}
