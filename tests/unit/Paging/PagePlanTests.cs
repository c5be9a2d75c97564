using FileVersions.Box;
using FileVersions.Box.Listing;

namespace FileVersions.UnitTests.Paging;

public sealed class PagePlanTests
{
    // start, requested count, page size, total, gaps seen, reachable -> start and end of the next page
    public static TheoryData<long, long, int, long?, bool, long, long, long> NextPages { get; } = new()
    {
        // A page has the maximum size, limited by the requested and the remaining positions.
        { 0, long.MaxValue, 1000, null, false, 11_000, 0, 1000 },
        { 0, 3, 1000, null, false, 11_000, 0, 3 },
        { 0, long.MaxValue, 1000, 250, false, 11_000, 0, 250 },
        { 200, 400, 100, 5000, false, 11_000, 200, 300 },
        { 4950, 400, 100, 5000, false, 11_000, 4950, 5000 },

        // Pages with gaps contain fewer versions than positions, so whole pages follow.
        { 200, 3, 100, 5000, true, 11_000, 200, 300 },

        // A page that extends beyond the maximum offset must start there, unless it is the last one.
        { 9500, 5000, 1000, 12_000, false, 11_000, 9500, 10_000 },
        { 9500, 700, 1000, 12_000, false, 11_000, 9500, 10_200 },

        // At the maximum offset there is only one page, regardless of the page size.
        { 10_000, long.MaxValue, 100, 12_000, false, 11_000, 10_000, 11_000 },
        { 10_000, 30, 100, 12_000, false, 11_000, 10_000, 10_030 },
        { 10_000, 30, 100, 12_000, true, 11_000, 10_000, 11_000 },
        { 10_400, 5000, 1000, 12_000, false, 11_000, 10_400, 11_000 },
        { 10_400, 5000, 1000, 12_000, false, 10_250, 10_400, 10_401 },

        // Numbers near the maximum do not overflow.
        { long.MaxValue - 5, long.MaxValue, 1000, null, false, 11_000, long.MaxValue - 5, long.MaxValue - 4 },
    };

    [Theory]
    [MemberData(nameof(NextPages))]
    public void The_plan_determines_the_next_page(
        long start, long wanted, int pageSize, long? total, bool hasGaps, long reachable, long expectedStart, long expectedEnd)
    {
        var plan = new PagePlan(pageSize) { Total = total, HasGaps = hasGaps, Reachable = reachable };

        Assert.Equal(new PageRange(expectedStart, expectedEnd), plan.Next(start, wanted));
    }

    [Fact]
    public void A_page_size_above_the_maximum_is_reduced() => Assert.Equal(1000, new PagePlan(5000).PageSize);

    [Fact]
    public void A_page_reveals_the_total_and_the_accepted_page_size()
    {
        PagePlan plan = new PagePlan(1000).After(Page(0, 300, 300) with { Total = 2000, AcceptedLimit = 300 });

        Assert.Equal(2000, plan.Total);
        Assert.Equal(300, plan.PageSize);
        Assert.False(plan.HasGaps);
        Assert.Equal(2000, plan.End);
    }

    [Theory]
    [InlineData(1000, 999, 5000L, true)]
    [InlineData(1000, 1000, 5000L, false)]
    [InlineData(1000, 400, 400L, false)]
    [InlineData(1000, 399, 400L, true)]
    [InlineData(1000, 0, null, true)]
    public void A_page_with_fewer_versions_than_positions_indicates_gaps(int positions, int versions, long? total, bool hasGaps) =>
        Assert.Equal(hasGaps, new PagePlan(1000).After(Page(0, positions, versions) with { Total = total }).HasGaps);

    [Fact]
    public void Later_pages_do_not_erase_learned_values()
    {
        PagePlan plan = new PagePlan(1000)
            .After(Page(0, 1000, 900) with { Total = 20_000 })
            .After(Page(1000, 2000, 1000) with { Reachable = 10_250 })
            .After(Page(2000, 3000, 1000));

        Assert.True(plan.HasGaps);
        Assert.Equal(20_000, plan.Total);
        Assert.Equal(10_250, plan.End);
    }

    private static PageContent Page(long start, long end, int versions) =>
        new(new PageRange(start, end), [.. Enumerable.Repeat(new BoxFileVersion(), versions)]);
}
