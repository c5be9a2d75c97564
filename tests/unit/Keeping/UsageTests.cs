using FileVersions.Keeping;
using static FileVersions.UnitTests.Keeping.History;

namespace FileVersions.UnitTests.Keeping;

public sealed class UsageTests
{
    [Fact]
    public void Past_trashed_and_current_sizes_are_separate()
    {
        FileVersionMeasure measure = Usage.Measure([
            Past("2", "2026-11-02", size: 20),
            Current("4", "2026-11-04", size: 40),
            Past("3", "2026-11-03", size: 30, trashedAt: "2026-11-05"),
            Past("1", "2026-11-01", size: 10)]);

        Assert.Equal((2, 30, 1, 30, 40), (measure.PastCount, measure.PastSize, measure.TrashedCount, measure.TrashedSize, measure.CurrentSize));
        Assert.Equal((At("2026-11-01"), At("2026-11-04"), 1), (measure.Oldest, measure.Newest, measure.FileCount));
    }

    [Fact]
    public void Duplicates_of_the_next_newer_version_are_part_of_the_past()
    {
        FileVersionMeasure measure = Usage.Measure([
            Current("5", "2026-11-05", size: 50, sha1: "a"),
            Past("4", "2026-11-04", size: 40, sha1: "a"),
            Past("3", "2026-11-03", size: 30, sha1: "b"),
            Past("2", "2026-11-02", size: 20, sha1: "b", trashedAt: "2026-11-06"),
            Past("1", "2026-11-01", size: 10, sha1: "b")]);

        Assert.Equal((2, 50, 3, 80), (measure.DuplicateCount, measure.DuplicateSize, measure.PastCount, measure.PastSize));
    }

    [Fact]
    public void The_oldest_and_newest_dates_include_the_trash()
    {
        FileVersionMeasure measure = Usage.Measure([Past("2", "2026-11-02"), Past("1", "2026-11-01", trashedAt: "2026-11-06")]);

        Assert.Equal((At("2026-11-01"), At("2026-11-02")), (measure.Oldest, measure.Newest));
    }

    [Fact]
    public void A_missing_size_counts_as_zero_and_a_missing_date_is_ignored()
    {
        FileVersionMeasure measure = Usage.Measure([Current("3", null), Past("2", null, size: 20), Past("1", null)]);

        Assert.Equal((2, 20, 0), (measure.PastCount, measure.PastSize, measure.CurrentSize));
        Assert.Equal((null, null), (measure.Oldest, measure.Newest));
    }

    [Fact]
    public void Without_the_current_version_its_size_is_unknown() => Assert.Null(Usage.Measure([Past("1", "2026-11-01", size: 10)]).CurrentSize);

    [Fact]
    public void The_current_or_otherwise_the_newest_version_determines_the_name()
    {
        var older = new VersionEntry("file", "1") { Name = "older", CreatedAt = Now.AddDays(-2) };
        var newer = new VersionEntry("file", "2") { Name = "newer", CreatedAt = Now.AddDays(-1), FilePath = "/newer" };

        Assert.Equal("report (current).docx", Usage.Measure([older, newer, Current("3", "2020-01-01")]).Name);
        Assert.Equal(("newer", "/newer", "file"), (Usage.Measure([older, newer]).Name, Usage.Measure([older, newer]).FilePath, Usage.Measure([older, newer]).FileId));
    }

    [Fact]
    public void A_total_sums_all_files_and_has_no_file_name()
    {
        FileVersionMeasure total = Usage.Add(
            Usage.Add(new FileVersionMeasure(), Usage.Measure([Current("2", "2026-11-02", size: 20), Past("1", "2026-11-01", size: 10)])),
            Usage.Measure([Past("3", "2026-11-03", size: 30)]));

        Assert.Equal((2, 2, 40, 20), (total.FileCount, total.PastCount, total.PastSize, total.CurrentSize));
        Assert.Equal((At("2026-11-01"), At("2026-11-03")), (total.Oldest, total.Newest));
        Assert.Equal((null, null, null), (total.FileId, total.Name, total.FilePath));
    }

    [Fact]
    public void The_total_of_no_files_is_zero() =>
        Assert.Equal((0, 0, null), (new FileVersionMeasure().FileCount, new FileVersionMeasure().PastSize, new FileVersionMeasure().CurrentSize));
}
