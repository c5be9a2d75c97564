using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FileVersions.Box;
using FileVersions.Services;
using FileVersions.UnitTests.Support;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FileVersions.UnitTests.Paging;

/// <summary>A file, what is requested of it, and what must be returned.</summary>
public sealed record PagingCase
{
    private const long LargestOffset = 10_000;

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
        from clamp in Gen.Frequency((3, Gen.Constant(1000)), (2, Gen.Choose(1 + (positions / 80), 1000)))
        from gaps in Gen.Elements(Gaps.None, Gaps.None, Gaps.Scattered, Gaps.Stretches)
        from bias in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(1, 2500)))
        from ceiling in Gen.Frequency((4, Gen.Constant(10_000)), (1, Gen.Constant(9_999)))
        from tellsLimit in Gen.Elements(true, true, true, false)
        from tellsOffset in Gen.Elements(true, false)
        from tellsTotal in Gen.Elements(true, true, true, false)
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
            // What a service that keeps a number to itself can be expected to do: a clamp must be told, and only an empty page is
            // an end. At which entry a position stands that no offset reaches can be told of full pages only.
            File = new PagedFile
            {
                Positions = positions,
                Gaps = tellsTotal && offset <= LargestOffset ? gaps : Gaps.None,
                Clamp = tellsLimit ? clamp : 1000,
                OffsetCeiling = ceiling,
                TellsLimit = tellsLimit,
                TellsOffset = tellsOffset,
                TellsTotal = tellsTotal,
                Bias = tellsTotal ? bias : 0,
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

    // The position behind the last one that is wanted.
    private long End => Wanted > long.MaxValue - Start ? long.MaxValue : Start + Wanted;

    // The position behind the last one that any offset leads to.
    private long Reach => LargestOffset + (File.OffsetCeiling < LargestOffset ? 0 : File.Clamp);

    private int PageStep => Math.Min(PageSize, File.Clamp);

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
        string[] came = [.. listing.Items.Select(version => version.VersionId!)];
        string[] wanted = [.. current, .. File.From(Start).Take((int)Math.Min(Wanted, int.MaxValue)).Select(Text)];
        string[] reachable = [.. current, .. File.From(Start).Where(position => position < Reach).Take((int)Math.Min(Wanted, int.MaxValue)).Select(Text)];
        Assert.All(listing.Items, version => Assert.Equal(version.VersionId == "current", version.IsCurrent));
        Assert.Equal(listing.Errors.Count, listing.Errors.Count(error => error.Kind == FileVersionErrorKind.ResultTruncated));

        // A page that begins before the largest offset may reach beyond it.
        bool mayExceed = File.OffsetCeiling < LargestOffset;
        Assert.Equal(wanted.Take(came.Length), came);
        Assert.True(mayExceed ? came.Length >= reachable.Length : came.Length == reachable.Length, $"{came.Length} of {reachable.Length} came");
        if (came.Length == wanted.Length && Limit is { } limit && came.Length == limit)
        {
            Assert.Empty(listing.Errors);
        }
        else if (!mayExceed)
        {
            Assert.Equal(IsTruncated ? 1 : 0, listing.Errors.Count);
        }
        else if (came.Length < wanted.Length)
        {
            Assert.Single(listing.Errors);
        }
    }

    // More was asked for than came, and the list goes on behind what can be reached, or may do so as far as the service tells.
    private bool IsTruncated => File.TellsTotal
        ? File.Positions + File.Bias > Reach
        : Start >= Reach || File.Positions > Math.Max(Start, LargestOffset);

    private void CheckEachRequest(IReadOnlyList<ListRequest> requests)
    {
        ListRequest[] inOrder = [.. requests.OrderBy(request => request.Offset)];
        Assert.Equal(Math.Min(Start, LargestOffset), inOrder[0].Offset);
        for (int i = 1; i < inOrder.Length; i++)
        {
            ListRequest request = inOrder[i];

            // Nothing is asked for twice; only on the way behind the largest offset there is no choice.
            Assert.True(request.Offset == LargestOffset || request.Offset >= inOrder[i - 1].Offset + inOrder[i - 1].Used, $"{request} overlaps {inOrder[i - 1]}");
            Assert.True(request.Offset > inOrder[i - 1].Offset || File.Gaps != Gaps.None || File.Bias > 0, $"{request} came twice");

            // Nothing is asked for behind the end, but the one empty page that tells it.
            Assert.True(
                File.TellsTotal ? request.Offset < File.Positions + File.Bias : inOrder[i - 1].Offset < File.Positions,
                $"{request} is behind the end");

            // Nothing is asked for when the positions before hold all that is wanted.
            Assert.True(
                !IsFull(request) || request.Offset < End || request.Offset == LargestOffset, $"{request} is not wanted");
        }

        Assert.All(requests.Where(IsFull), request => Assert.InRange(request.Limit, 1, Math.Min(1000, Math.Max(End - request.Offset, 1))));
        Assert.All(requests, request => Assert.True(request.Limit <= PageSize || request.Offset == LargestOffset, $"{request} is larger than a page"));
    }

    // Where gaps have shown, behind a total that was too high among others, a whole page is the quickest way on.
    private bool IsFull(ListRequest request) => File.Gaps == Gaps.None && request.Offset < File.Positions;

    private void CheckNumberOfRequests(int requests)
    {
        long end = Math.Min(File.Positions + File.Bias, Reach);
        if (File.Gaps != Gaps.None || File.Bias > 0)
        {
            // As far as the last wanted version, in whole pages but for those planned before the first gap and the clamp showed.
            long last = File.From(Start).Take((int)Math.Min(Wanted, int.MaxValue)).LastOrDefault(end) + 1;
            long far = File.From(Start).LongCount() < Wanted ? end : Math.Min(last, end);
            Assert.InRange(requests, 1, Pages(far - Start) + 2 + Pages(PageSize) + Ahead);
            return;
        }

        end = Math.Min(end, End);
        long fewest = Math.Max(1, Pages(end - Start));
        bool crosses = Start < LargestOffset && end > LargestOffset;
        bool needsEmptyPage = !File.TellsTotal && End > File.Positions;
        bool isRefused = File.OffsetCeiling < LargestOffset;
        Assert.InRange(requests, Start >= LargestOffset ? 1 : fewest - (crosses ? Pages(end - LargestOffset) : 0), fewest + (crosses ? 1 : 0) + (needsEmptyPage || isRefused ? 1 : 0) + Ahead);
    }

    // Pages that were asked for before the first one told of the clamp may each take a request more.
    private int Ahead => File.TellsTotal && File.Clamp < PageSize ? 2 * ThrottleLimit : 0;

    private long Pages(long positions) => (Math.Max(0, positions) + PageStep - 1) / PageStep;

    private static string Text(long position) => position.ToString(CultureInfo.InvariantCulture);
}
