using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using FileVersions.Box;
using FileVersions.UnitTests.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit;
using Xunit.Abstractions;

namespace FileVersions.UnitTests.Paging;

/// <summary>Whatever the service's paging is like: exactly the versions asked for, each once, in order, and no request too many.</summary>
public sealed class BoxPagingTests(ITestOutputHelper output)
{
    private const ulong Seed = 20261121;
    private const long LargestOffset = 10_000;

    [Fact]
    public async Task Any_window_of_any_file_comes_whole_in_order_and_without_needless_requests()
    {
        const int Cases = 400;
        output.WriteLine($"Seed {Seed}, {Cases} cases");
        var servers = new ConcurrentDictionary<string, PagedFileServer>();
        await using LoopbackServer server = await LoopbackServer.StartAsync(context => servers[context.Request.Path.Value!.Split('/')[3]].AnswerAsync(context));
        int number = 0;

        bool Holds(PagingCase paging)
        {
            string fileId = (++number).ToString(CultureInfo.InvariantCulture);
            var file = new PagedFileServer(paging.File);
            servers[fileId] = file;
            Listing<BoxFileVersion> listing = List(server.Address, fileId, paging);
            paging.Check(listing, file);
            return true;
        }

        Config config = Config.QuickThrowOnFailure
            .WithMaxTest(Cases)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed, 1), FSharpOption<int>.None)));
        await Task.Factory.StartNew(
            () => Check.One(config, Prop.ForAll(PagingCase.Any.ToArbitrary(), (Func<PagingCase, bool>)Holds)), TaskCreationOptions.LongRunning);
    }

    [Theory]
    [InlineData(1500L, 500L, 3000, 2)]
    [InlineData(1000L, 0L, 3000, 1)]
    [InlineData(1001L, 0L, 3000, 2)]
    [InlineData(null, 0L, 3000, 3)]
    [InlineData(null, 0L, 0, 1)]
    [InlineData(null, 2999L, 3000, 1)]
    [InlineData(null, 3000L, 3000, 1)]
    [InlineData(0L, 0L, 3000, 0)]
    [InlineData(700L, 9500L, 12000, 1)]
    [InlineData(null, 0L, 11000, 11)]
    public async Task A_window_takes_exactly_so_many_requests(long? limit, long offset, int versions, int requests)
    {
        var file = new PagedFileServer(new PagedFile { Positions = versions });
        await using LoopbackServer server = await LoopbackServer.StartAsync(file.AnswerAsync);

        Listing<BoxFileVersion> listing = await Clients.ReadAsync(
            () => Clients.Box(server.Address).ListVersions(["1"], new BoxListOptions { Limit = limit, Offset = offset }));

        Assert.Equal(requests, file.Requests.Count);
        Assert.Equal(Math.Min(limit ?? long.MaxValue, versions - offset), listing.Items.Count);
        Assert.Empty(listing.Errors);
    }

    [Fact]
    public async Task Short_pages_are_made_up_for_by_whole_ones()
    {
        var file = new PagedFileServer(new PagedFile { Positions = 3000, Gaps = Gaps.Scattered });
        await using LoopbackServer server = await LoopbackServer.StartAsync(file.AnswerAsync);

        Listing<BoxFileVersion> listing = await Clients.ReadAsync(
            () => Clients.Box(server.Address).ListVersions(["1"], new BoxListOptions { Limit = 1500 }));

        Assert.Equal(1500, listing.Items.Count);
        Assert.Equal([0, 1000], file.Requests.Select(request => request.Offset));
    }

    [Theory]
    [InlineData(10_000, 1000, 11_000)]
    [InlineData(9_999, 1000, 10_000)]
    [InlineData(10_000, 300, 11_000)]
    [InlineData(9_999, 300, 10_000)]
    public async Task Behind_the_ceiling_the_list_ends_with_an_error_after_all_that_can_be_had(int ceiling, int pageSize, int listed)
    {
        var file = new PagedFileServer(new PagedFile { Positions = 12_000, OffsetCeiling = ceiling });
        await using LoopbackServer server = await LoopbackServer.StartAsync(file.AnswerAsync);

        Listing<BoxFileVersion> listing = await Clients.ReadAsync(
            () => Clients.Box(server.Address).ListVersions(["1"], new BoxListOptions { PageSize = pageSize }));

        Assert.Equal(Enumerable.Range(0, listed), listing.Items.Select(version => int.Parse(version.VersionId!, CultureInfo.InvariantCulture)));
        FileVersionException error = Assert.Single(listing.Errors);
        Assert.Equal(FileVersionErrorKind.ResultTruncated, error.Kind);
        Assert.Equal("1", error.FileId);
        Assert.NotNull(listing.Events[^1].Error);
        Assert.Contains("12000", error.Message, StringComparison.Ordinal);
        Assert.Contains(listed.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10_500, null, 500, true)]
    [InlineData(10_500, 500L, 500, false)]
    [InlineData(10_999, 1L, 1, false)]
    [InlineData(11_000, null, 0, true)]
    [InlineData(5_000_000, null, 0, true)]
    [InlineData(long.MaxValue, null, 0, true)]
    public async Task Offsets_behind_the_ceiling_come_as_far_as_the_last_page_reaches(long offset, long? limit, int listed, bool truncated)
    {
        var file = new PagedFileServer(new PagedFile { Positions = 12_000 });
        await using LoopbackServer server = await LoopbackServer.StartAsync(file.AnswerAsync);

        Listing<BoxFileVersion> listing = await Clients.ReadAsync(
            () => Clients.Box(server.Address).ListVersions(["1"], new BoxListOptions { Offset = offset, Limit = limit }));

        Assert.Equal(Enumerable.Range((int)Math.Min(offset, 11_000), listed), listing.Items.Select(version => int.Parse(version.VersionId!, CultureInfo.InvariantCulture)));
        Assert.Equal(truncated ? [FileVersionErrorKind.ResultTruncated] : [], listing.Errors.Select(error => error.Kind));
        Assert.Equal(LargestOffset, Assert.Single(file.Requests).Offset);
    }

    [Fact]
    public async Task A_clamp_at_the_ceiling_ends_the_list()
    {
        var file = new PagedFileServer(new PagedFile { Positions = 12_000, Clamp = 250 });
        await using LoopbackServer server = await LoopbackServer.StartAsync(file.AnswerAsync);

        Listing<BoxFileVersion> listing = await Clients.ReadAsync(() => Clients.Box(server.Address).ListVersions(["1"]));

        Assert.Equal(10_250, listing.Items.Count);
        Assert.Equal(41, file.Requests.Count);
        Assert.Equal(FileVersionErrorKind.ResultTruncated, Assert.Single(listing.Errors).Kind);
    }

    private static Listing<BoxFileVersion> List(Uri address, string fileId, PagingCase paging) =>
        Listing<BoxFileVersion>.Of(Clients.Box(address).ListVersions([fileId], paging.Options, throttleLimit: paging.ThrottleLimit));
}
