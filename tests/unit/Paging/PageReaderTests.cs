using System.Globalization;
using System.Net;
using FileVersions.Box;
using FileVersions.Box.Listing;
using FileVersions.Box.Replies;

namespace FileVersions.UnitTests.Paging;

public sealed class PageReaderTests
{
    private readonly List<(long Offset, long Limit)> _requests = [];

    [Fact]
    public async Task A_range_is_read_in_one_request()
    {
        PageContent page = await Reader().ReadAsync(new PageRange(200, 300), whole: true, default);

        Assert.Equal([(200, 100)], _requests);
        Assert.Equal(Ids(200, 100), Ids(page));
        Assert.Equal(20_000, page.Total);
        Assert.Null(page.AcceptedLimit);
        Assert.False(page.RepeatsEarlier);
    }

    [Fact]
    public async Task A_whole_range_continues_after_a_short_response()
    {
        PageContent page = await Reader(maxLimit: 40).ReadAsync(new PageRange(200, 300), whole: true, default);

        Assert.Equal([(200, 100), (240, 60), (280, 20)], _requests);
        Assert.Equal(Ids(200, 100), Ids(page));
        Assert.Equal(new PageRange(200, 300), page.Range);
    }

    [Fact]
    public async Task A_partial_range_ends_after_a_short_response()
    {
        PageContent page = await Reader(maxLimit: 40).ReadAsync(new PageRange(200, 300), whole: false, default);

        Assert.Equal([(200, 100)], _requests);
        Assert.Equal(new PageRange(200, 240), page.Range);
        Assert.Equal(40, page.AcceptedLimit);
    }

    [Fact]
    public async Task A_whole_range_does_not_continue_beyond_the_total()
    {
        PageContent page = await Reader(maxLimit: 40, total: 230).ReadAsync(new PageRange(200, 300), whole: true, default);

        Assert.Equal([(200, 100)], _requests);
        Assert.Equal(Ids(200, 30), Ids(page));
    }

    [Fact]
    public async Task Positions_beyond_the_maximum_offset_are_read_from_there()
    {
        PageContent page = await Reader(listStart: 9000).ReadAsync(new PageRange(10_300, 10_500), whole: true, default);

        Assert.Equal([(10_000, 500)], _requests);
        Assert.Equal(Ids(10_000, 500), Ids(page));
        Assert.True(page.RepeatsEarlier);
    }

    [Fact]
    public async Task Positions_before_the_start_of_the_list_are_omitted()
    {
        PageContent page = await Reader(listStart: 10_300).ReadAsync(new PageRange(10_300, 10_500), whole: true, default);

        Assert.Equal(Ids(10_300, 200), Ids(page));
        Assert.False(page.RepeatsEarlier);
    }

    [Fact]
    public async Task A_short_page_at_the_maximum_offset_is_the_last_page()
    {
        PageContent page = await Reader(maxLimit: 250).ReadAsync(new PageRange(10_000, 11_000), whole: true, default);

        Assert.Equal([(10_000, 1000)], _requests);
        Assert.Equal(10_250, page.Reachable);
        Assert.Equal(Ids(10_000, 250), Ids(page));
    }

    [Fact]
    public async Task A_rejected_maximum_offset_ends_the_list_before_it()
    {
        PageContent page = await Reader(maxOffset: 9_999).ReadAsync(new PageRange(10_000, 11_000), whole: true, default);

        Assert.Equal(10_000, page.Reachable);
        Assert.Empty(page.Versions);
    }

    [Fact]
    public async Task Any_other_rejected_offset_is_an_error()
    {
        FileVersionException error = await Assert.ThrowsAsync<FileVersionException>(
            () => Reader(maxOffset: 100).ReadAsync(new PageRange(200, 300), whole: true, default));

        Assert.Equal(HttpStatusCode.BadRequest, error.StatusCode);
    }

    private static string[] Ids(PageContent page) => [.. page.Versions.Select(version => version.VersionId!)];

    private static string[] Ids(int start, int count) =>
        [.. Enumerable.Range(start, count).Select(position => position.ToString(CultureInfo.InvariantCulture))];

    private PageReader Reader(long listStart = 0, int maxLimit = 1000, int maxOffset = 10_000, int total = 20_000) => new(
        (offset, limit, _) =>
        {
            _requests.Add((offset, limit));
            if (offset > maxOffset)
            {
                throw new FileVersionException(FileVersionErrorKind.InvalidRequest, "Refused.") { StatusCode = HttpStatusCode.BadRequest };
            }

            int accepted = (int)System.Math.Min(limit, maxLimit);
            int count = (int)System.Math.Clamp(total - offset, 0, accepted);
            return Task.FromResult(new BoxVersionPage
            {
                TotalCount = total,
                Limit = accepted,
                Entries = [.. Ids((int)offset, count).Select(id => new BoxFileVersion { VersionId = id })],
            });
        },
        listStart);
}
