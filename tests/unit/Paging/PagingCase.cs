using System.Globalization;
using FileVersions.Box;
using FileVersions.Services;
using FileVersions.UnitTests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace FileVersions.UnitTests.Paging;

/// <summary>A file, a request for its versions, and the checks of the result.</summary>
public sealed record PagingCase
{
    private const long MaxListOffset = 10_000;

    /// <summary>The file.</summary>
    public required PagedFile File { get; init; }

    /// <summary>The number of versions to skip.</summary>
    public long Offset { get; init; }

    /// <summary>The maximum number of versions, or null.</summary>
    public long? Limit { get; init; }

    /// <summary>The page size.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>Whether to return the current version first.</summary>
    public bool IncludeCurrent { get; init; }

    /// <summary>The maximum number of concurrent requests.</summary>
    public int ThrottleLimit { get; init; } = 1;

    internal static Gen<PagingCase> Any { get; } =
        from positions in Gen.Frequency(
            (3, Gen.Choose(0, 60)),
            (2, Gen.OneOf(Gen.Choose(0, 12).Select(thousands => thousands * 1000), Gen.Choose(995, 1005), Gen.Choose(1990, 2010))),
            (2, Gen.OneOf(Gen.Choose(9_950, 10_050), Gen.Choose(10_950, 11_050))),
            (3, Gen.Choose(0, 12_500)))
        from pageSize in Gen.Frequency((2, Gen.Constant(1000)), (3, Gen.Choose(1 + (positions / 80), 1000)))
        from maxLimit in Gen.Frequency((3, Gen.Constant(1000)), (2, Gen.Choose(1 + (positions / 80), 1000)))
        from gaps in Gen.Elements(Gaps.None, Gaps.None, Gaps.Scattered, Gaps.Stretches)
        from bias in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(1, 2500)))
        from maxOffset in Gen.Frequency((4, Gen.Constant(10_000)), (1, Gen.Constant(9_999)))
        from hasLimit in Gen.Elements(true, true, true, false)
        from hasOffset in Gen.Elements(true, false)
        from hasTotal in Gen.Elements(true, true, true, false)
        from offset in Gen.Frequency(
            (3, Gen.Constant(0)),
            (3, Gen.Choose(0, positions + 10)),
            (1, Gen.Choose(9_900, 11_100)))
        from limit in Gen.Frequency(
            (3, Gen.Constant((long?)null)),
            (3, Gen.Choose(0, positions + 10).Select(n => (long?)n)),
            (1, Gen.Choose(0, 5).Select(n => (long?)n)))
        from includeCurrent in Gen.Elements(true, false)
        from throttleLimit in Gen.Choose(1, 16)
        select new PagingCase
        {
            // A service that omits a paging value is assumed to report a reduced limit and to end the list with an empty page. Beyond
            // the maximum offset, the position of a version within its page is known only if pages have no gaps.
            File = new PagedFile
            {
                Positions = positions,
                Gaps = hasTotal && offset <= MaxListOffset ? gaps : Gaps.None,
                MaxLimit = hasLimit ? maxLimit : 1000,
                MaxOffset = maxOffset,
                HasLimit = hasLimit,
                HasOffset = hasOffset,
                HasTotal = hasTotal,
                Bias = hasTotal ? bias : 0,
            },
            Offset = offset,
            Limit = limit,
            PageSize = pageSize,
            IncludeCurrent = includeCurrent,
            ThrottleLimit = throttleLimit,
        };

    internal VersionListOptions Options => new() { Limit = Limit, Offset = Offset, PageSize = PageSize, IncludeCurrent = IncludeCurrent };

    private bool ExpectsCurrent => IncludeCurrent && Offset == 0 && Limit != 0;

    private long Start => IncludeCurrent ? Math.Max(0, Offset - 1) : Offset;

    private long Wanted => (Limit ?? long.MaxValue) - (ExpectsCurrent ? 1 : 0);

    // The position after the last requested one.
    private long End => Wanted > long.MaxValue - Start ? long.MaxValue : Start + Wanted;

    // The position after the last listable one.
    private long Reach => MaxListOffset + (File.MaxOffset < MaxListOffset ? 0 : File.MaxLimit);

    private int PageStep => Math.Min(PageSize, File.MaxLimit);

    internal void Check(Listing<BoxFileVersion> listing, PagedFileServer server)
    {
        CheckVersions(listing);
        Assert.Empty(listing.Warnings);
        Assert.Equal(ExpectsCurrent ? 1 : 0, server.FileRequests);
        Assert.InRange(server.PeakRunning, 0, ThrottleLimit);
        if (Wanted == 0)
        {
            Assert.Empty(server.Requests);
            return;
        }

        CheckEachRequest(server.Requests);
        CheckNumberOfRequests(server.Requests.Count);
    }

    private void CheckVersions(Listing<BoxFileVersion> listing)
    {
        IEnumerable<string> current = ExpectsCurrent ? ["current"] : [];
        string[] found = [.. listing.Items.Select(version => version.VersionId!)];
        string[] wanted = [.. current, .. File.From(Start).Take((int)Math.Min(Wanted, int.MaxValue)).Select(Text)];
        string[] reachable = [.. current, .. File.From(Start).Where(position => position < Reach).Take((int)Math.Min(Wanted, int.MaxValue)).Select(Text)];
        Assert.All(listing.Items, version => Assert.Equal(version.VersionId == "current", version.IsCurrent));
        Assert.Equal(listing.Errors.Count, listing.Errors.Count(error => error.Kind == FileVersionErrorKind.ResultTruncated));

        // A page that starts before the maximum offset can end after it.
        bool mayExceed = File.MaxOffset < MaxListOffset;
        Assert.Equal(wanted.Take(found.Length), found);
        Assert.True(mayExceed ? found.Length >= reachable.Length : found.Length == reachable.Length, $"{found.Length} of {reachable.Length} returned");
        if (found.Length == wanted.Length && Limit is { } limit && found.Length == limit)
        {
            Assert.Empty(listing.Errors);
        }
        else if (!mayExceed)
        {
            Assert.Equal(IsTruncated ? 1 : 0, listing.Errors.Count);
        }
        else if (found.Length < wanted.Length)
        {
            Assert.Single(listing.Errors);
        }
    }

    // The list continues beyond the last listable position, or the service leaves that open.
    private bool IsTruncated => File.HasTotal
        ? File.Positions + File.Bias > Reach
        : Start >= Reach || File.Positions > Math.Max(Start, MaxListOffset);

    private void CheckEachRequest(IReadOnlyList<ListRequest> requests)
    {
        ListRequest[] inOrder = [.. requests.OrderBy(request => request.Offset)];
        Assert.Equal(Math.Min(Start, MaxListOffset), inOrder[0].Offset);
        for (int i = 1; i < inOrder.Length; i++)
        {
            ListRequest request = inOrder[i];

            // No position is requested twice, except at the maximum offset, where it is unavoidable.
            Assert.True(request.Offset == MaxListOffset || request.Offset >= inOrder[i - 1].Offset + inOrder[i - 1].Used, $"{request} overlaps {inOrder[i - 1]}");
            Assert.True(request.Offset > inOrder[i - 1].Offset || File.Gaps != Gaps.None || File.Bias > 0, $"{request} was sent twice");

            // No position after the end is requested, except one empty page that shows the end.
            Assert.True(
                File.HasTotal ? request.Offset < File.Positions + File.Bias : inOrder[i - 1].Offset < File.Positions,
                $"{request} is after the end");

            // No position is requested if earlier ones contain the whole window.
            Assert.True(
                !IsFull(request) || request.Offset < End || request.Offset == MaxListOffset, $"{request} is unnecessary");
        }

        Assert.All(requests.Where(IsFull), request => Assert.InRange(request.Limit, 1, Math.Min(1000, Math.Max(End - request.Offset, 1))));
        Assert.All(requests, request => Assert.True(request.Limit <= PageSize || request.Offset == MaxListOffset, $"{request} is larger than a page"));
    }

    // Where pages have gaps or the total is too high, whole pages are requested.
    private bool IsFull(ListRequest request) => File.Gaps == Gaps.None && request.Offset < File.Positions;

    private void CheckNumberOfRequests(int requests)
    {
        long end = Math.Min(File.Positions + File.Bias, Reach);
        if (File.Gaps != Gaps.None || File.Bias > 0)
        {
            // Whole pages up to the last requested version, and those planned before the first page showed gaps and the reduced limit.
            long last = File.From(Start).Take((int)Math.Min(Wanted, int.MaxValue)).LastOrDefault(end) + 1;
            long far = File.From(Start).LongCount() < Wanted ? end : Math.Min(last, end);
            Assert.InRange(requests, 1, Pages(far - Start) + 2 + Pages(PageSize) + Ahead);
            return;
        }

        end = Math.Min(end, End);
        long min = Math.Max(1, Pages(end - Start));
        bool crosses = Start < MaxListOffset && end > MaxListOffset;
        bool needsEmptyPage = !File.HasTotal && End > File.Positions;
        bool isRefused = File.MaxOffset < MaxListOffset;
        Assert.InRange(requests, Start >= MaxListOffset ? 1 : min - (crosses ? Pages(end - MaxListOffset) : 0), min + (crosses ? 1 : 0) + (needsEmptyPage || isRefused ? 1 : 0) + Ahead);
    }

    // Pages requested before the first one showed the reduced limit can each need one more request.
    private int Ahead => File.HasTotal && File.MaxLimit < PageSize ? 2 * ThrottleLimit : 0;

    private long Pages(long positions) => (Math.Max(0, positions) + PageStep - 1) / PageStep;

    private static string Text(long position) => position.ToString(CultureInfo.InvariantCulture);
}
