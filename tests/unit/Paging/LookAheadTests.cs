using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Box;
using FileVersions.UnitTests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace FileVersions.UnitTests.Paging;

/// <summary>The first bytes of the first page tell how many pages there are: the others are asked for while it is still coming in.</summary>
public sealed class LookAheadTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<long> _asked = new();
    private readonly TaskCompletionSource _othersCame = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay;

    [Fact]
    public async Task The_others_are_asked_for_while_the_first_page_comes_in()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(context => AnswerAsync(context, async () =>
        {
            await _othersCame.Task.WaitAsync(s_patience);
            return Entries(0);
        }));

        Listing<BoxFileVersion> listing = await Clients.ReadAsync(() => Clients.Box(server.Address).ListVersions(["1"]));

        Assert.Empty(listing.Errors);
        Assert.Equal(Enumerable.Range(0, 3000), listing.Items.Select(version => int.Parse(version.VersionId!, CultureInfo.InvariantCulture)));
        Assert.Equal([0, 1000, 2000], _asked.Order());
    }

    // A last page that is wanted in part waits to be told whether pages come short; with one request at once there is no place.
    [Theory]
    [InlineData(1001L, 8, 1001)]
    [InlineData(null, 1, 3000)]
    public async Task Nothing_is_asked_for_ahead(long? limit, int throttleLimit, int count)
    {
        int askedBefore = 0;
        await using LoopbackServer server = await LoopbackServer.StartAsync(context => AnswerAsync(context, async () =>
        {
            await Task.Delay(100);
            askedBefore = _asked.Count;
            return Entries(0);
        }));

        Listing<BoxFileVersion> listing = await Clients.ReadAsync(
            () => Clients.Box(server.Address).ListVersions(["1"], new BoxListOptions { Limit = limit }, throttleLimit: throttleLimit));

        Assert.Equal(count, listing.Items.Count);
        Assert.Equal(1, askedBefore);
        Assert.Equal(Enumerable.Range(0, (count + 999) / 1000).Select(page => 1000L * page), _asked);
    }

    [Fact]
    public async Task A_total_that_only_a_later_page_tells_asks_for_nothing_twice()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            long offset = long.Parse(context.Request.Query["offset"]!, CultureInfo.InvariantCulture);
            _asked.Enqueue(offset);
            string total = offset == 0 ? string.Empty : "\"total_count\":9000,";
            await context.Response.WriteAsync($"{{{total}\"entries\":[{(offset < 3000 ? Entries(offset) : string.Empty)}],\"limit\":1000}}");
        });

        Listing<BoxFileVersion> listing = await Clients.ReadAsync(() => Clients.Box(server.Address).ListVersions(["1"]));

        Assert.Equal(3000, listing.Items.Count);
        Assert.Equal([0, 1000, 2000, 3000], _asked);
    }

    [Fact]
    public async Task When_the_first_page_fails_after_all_the_others_end_with_it()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(context => AnswerAsync(context, async () =>
        {
            await Task.WhenAny(_othersCame.Task, Task.Delay(300));
            return "broken";
        }));

        Listing<BoxFileVersion> listing = await Clients.ReadAsync(
            () => Clients.Box(server.Address).ListVersions(Enumerable.Range(1, 40).Select(id => $"{id}"), throttleLimit: 8));

        // Every file is told of, and what was asked for ahead takes no room from those behind.
        Assert.Empty(listing.Items);
        Assert.Equal(Enumerable.Range(1, 40).Select(id => $"{id}"), listing.Errors.Select(error => error.FileId));
        Assert.All(listing.Errors, error => Assert.Equal(FileVersionErrorKind.InvalidResponse, error.Kind));
        Assert.Contains(2000, _asked);
        await EndAsync();
    }

    // A request that was given up may reach the server late; it ends there too.
    private async Task EndAsync()
    {
        for (long start = Stopwatch.GetTimestamp(); Volatile.Read(ref _underWay) > 0;)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_patience, "Requests are still under way.");
            await Task.Delay(5);
        }
    }

    private async Task AnswerAsync(HttpContext context, Func<Task<string>> firstEntries)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            long offset = long.Parse(context.Request.Query["offset"]!, CultureInfo.InvariantCulture);
            _asked.Enqueue(offset);
            await context.Response.WriteAsync("{\"total_count\":3000,\"entries\":[");
            await context.Response.Body.FlushAsync();
            if (offset == 2000)
            {
                _othersCame.TrySetResult();
            }

            await context.Response.WriteAsync(offset == 0 ? await firstEntries() : Entries(offset));
            await context.Response.WriteAsync("],\"limit\":1000}");
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private static string Entries(long offset) =>
        string.Join(',', Enumerable.Range((int)offset, 1000).Select(id => $"{{\"type\":\"file_version\",\"id\":\"{id}\"}}"));
}
