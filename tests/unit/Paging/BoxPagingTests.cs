using System.Collections.Concurrent;
using System.Globalization;
using FileVersions.Box;
using FileVersions.Services;
using FileVersions.UnitTests.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace FileVersions.UnitTests.Paging;

/// <summary>Checks for every form of pages that exactly the requested versions are listed, in order and without unnecessary requests.</summary>
public sealed class BoxPagingTests(ITestOutputHelper output)
{
    private const ulong Seed = 20261121;
    private const long MaxListOffset = 10_000;

    [Fact]
    public async Task Any_window_is_listed_in_order_without_unnecessary_requests()
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
            Listing<BoxFileVersion> listing = Clients.Box(server.Address).ListAsync([fileId], paging.Options, paging.ThrottleLimit).GetAwaiter().GetResult();
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
    public async Task A_window_needs_at_most_one_request_per_page(long? limit, long offset, int versions, int requests)
    {
        var file = new PagedFileServer(new PagedFile { Positions = versions });
        await using LoopbackServer server = await LoopbackServer.StartAsync(file.AnswerAsync);

        Listing<BoxFileVersion> listing = await Clients.Box(server.Address).ListAsync(["1"], new VersionListOptions { Limit = limit, Offset = offset });

        Assert.Equal(requests, file.Requests.Count);
        Assert.Equal(Math.Min(limit ?? long.MaxValue, versions - offset), listing.Items.Count);
        Assert.Empty(listing.Errors);
    }

    [Fact]
    public async Task Pages_with_gaps_are_followed_by_whole_pages()
    {
        var file = new PagedFileServer(new PagedFile { Positions = 3000, Gaps = Gaps.Scattered });
        await using LoopbackServer server = await LoopbackServer.StartAsync(file.AnswerAsync);

        Listing<BoxFileVersion> listing = await Clients.Box(server.Address).ListAsync(["1"], new VersionListOptions { Limit = 1500 });

        Assert.Equal(1500, listing.Items.Count);
        Assert.Equal([0, 1000], file.Requests.Select(request => request.Offset));
    }

    [Theory]
    [InlineData(10_000, 1000, 11_000)]
    [InlineData(9_999, 1000, 10_000)]
    [InlineData(10_000, 300, 11_000)]
    [InlineData(9_999, 300, 10_000)]
    public async Task A_truncated_list_ends_with_an_error_after_all_listable_versions(int maxOffset, int pageSize, int listed)
    {
        var file = new PagedFileServer(new PagedFile { Positions = 12_000, MaxOffset = maxOffset });
        await using LoopbackServer server = await LoopbackServer.StartAsync(file.AnswerAsync);

        Listing<BoxFileVersion> listing = await Clients.Box(server.Address).ListAsync(["1"], new VersionListOptions { PageSize = pageSize });

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
    public async Task Positions_beyond_the_maximum_offset_are_listed_up_to_the_end_of_the_last_page(long offset, long? limit, int listed, bool truncated)
    {
        var file = new PagedFileServer(new PagedFile { Positions = 12_000 });
        await using LoopbackServer server = await LoopbackServer.StartAsync(file.AnswerAsync);

        Listing<BoxFileVersion> listing = await Clients.Box(server.Address).ListAsync(["1"], new VersionListOptions { Offset = offset, Limit = limit });

        Assert.Equal(Enumerable.Range((int)Math.Min(offset, 11_000), listed), listing.Items.Select(version => int.Parse(version.VersionId!, CultureInfo.InvariantCulture)));
        Assert.Equal(truncated ? [FileVersionErrorKind.ResultTruncated] : [], listing.Errors.Select(error => error.Kind));
        Assert.Equal(MaxListOffset, Assert.Single(file.Requests).Offset);
    }

    [Fact]
    public async Task A_reduced_limit_at_the_maximum_offset_ends_the_list()
    {
        var file = new PagedFileServer(new PagedFile { Positions = 12_000, MaxLimit = 250 });
        await using LoopbackServer server = await LoopbackServer.StartAsync(file.AnswerAsync);

        Listing<BoxFileVersion> listing = await Clients.Box(server.Address).ListAsync(["1"]);

        Assert.Equal(10_250, listing.Items.Count);
        Assert.Equal(41, file.Requests.Count);
        Assert.Equal(FileVersionErrorKind.ResultTruncated, Assert.Single(listing.Errors).Kind);
    }
}
