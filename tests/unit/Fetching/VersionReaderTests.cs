using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Emulator;
using FileVersions.ImageKit;
using FileVersions.UnitTests.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit;
using Xunit.Abstractions;

namespace FileVersions.UnitTests.Fetching;

/// <summary>Listing in a loop, as C# programs do it.</summary>
public sealed class VersionReaderTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly HttpClient s_http = new();

    private EmulatorHost _emulator = null!;

    public async Task InitializeAsync() => _emulator = await EmulatorHost.StartAsync(new EmulatorSettings { LatencyMs = 1 });

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task Leaving_the_loop_ends_the_requests_and_reads_no_more_ids()
    {
        int read = 0;
        IEnumerable<string> ids = Enumerable.Range(1, 100_000).Select(id =>
        {
            read++;
            return id.ToString(CultureInfo.InvariantCulture);
        });

        string first = await Task.Factory.StartNew(
            () => Clients.Box(_emulator.ApiUri).ListVersions(ids).SelectMany(next => next.Items ?? []).First().FileId!, TaskCreationOptions.LongRunning);

        Assert.Equal("1", first);
        Assert.InRange(read, 1, 1000);
        Assert.True(await IsIdleAsync());
    }

    [Fact]
    public async Task Cancelling_ends_the_loop()
    {
        using var stop = new CancellationTokenSource();
        int pages = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Clients.ReadAsync(
            () => Clients.Box(_emulator.ApiUri).ListVersions(Ids(1000), cancellationToken: stop.Token).Select(next =>
            {
                if (++pages == 3)
                {
                    stop.Cancel();
                }

                return next;
            })));

        Assert.Equal(3, pages);
        Assert.True(await IsIdleAsync());
    }

    [Fact]
    public async Task Files_come_in_the_order_of_their_ids_and_failures_in_their_place()
    {
        var listing = await Clients.ReadAsync(() => Clients.Box(_emulator.ApiUri).ListVersions(["11", "404000", "22", "", "33"]));

        Assert.Equal(["11", "404000", "22", "", "33"], listing.Events.Select(next => (string)next.Target));
        Assert.Equal(
            [null, FileVersionErrorKind.FileVersionNotFound, null, FileVersionErrorKind.InvalidRequest, null],
            listing.Events.Select(next => (next.Error as FileVersionException)?.Kind));
    }

    [Fact]
    public async Task Any_window_of_an_ImageKit_file_is_cut_exactly_from_one_reply()
    {
        const ulong Seed = 20261121;
        output.WriteLine($"Seed {Seed}");
        var windows =
            from versions in Gen.Choose(1, 100)
            from offset in Gen.Choose(0, 110)
            from limit in Gen.OneOf(Gen.Constant((int?)null), Gen.Choose(0, 110).Select(n => (int?)n))
            select (versions, offset, limit);
        IKClient client = Clients.ImageKit(_emulator.ApiUri);

        bool Holds((int Versions, int Offset, int? Limit) window)
        {
            string id = $"n{window.Versions:000}-x";
            string[] all = [.. Listing<IKFileVersion>.Of(client.ListVersions([id])).Items.Select(version => version.VersionId!)];
            var options = new IKListOptions { Offset = window.Offset, Limit = window.Limit };
            string[] came = [.. Listing<IKFileVersion>.Of(client.ListVersions([id], options)).Items.Select(version => version.VersionId!)];
            Assert.Equal(window.Versions, all.Length);
            Assert.Equal(all.Skip(window.Offset).Take(window.Limit ?? int.MaxValue), came);
            return true;
        }

        Config config = Config.QuickThrowOnFailure
            .WithMaxTest(150)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed, 1), FSharpOption<int>.None)));
        await Task.Factory.StartNew(
            () => Check.One(config, Prop.ForAll(windows.ToArbitrary(), (Func<(int, int, int?), bool>)Holds)), TaskCreationOptions.LongRunning);
    }

    private static IEnumerable<string> Ids(int count) => Enumerable.Range(1, count).Select(id => id.ToString(CultureInfo.InvariantCulture));

    private async Task<bool> IsIdleAsync()
    {
        for (int i = 0; i < 500; i++)
        {
            JsonNode stats = (await s_http.GetFromJsonAsync<JsonNode>(new Uri(_emulator.ApiUri, "_emulator/stats")))!;
            if ((int)stats["total"]!["inFlight"]! == 0)
            {
                return true;
            }

            await Task.Delay(10);
        }

        return false;
    }
}
