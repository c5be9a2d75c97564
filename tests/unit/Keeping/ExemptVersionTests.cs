using FileVersions.Keeping;
using static FileVersions.UnitTests.Keeping.History;

namespace FileVersions.UnitTests.Keeping;

public sealed class ExemptVersionTests
{
    private static readonly RetentionPolicy s_last1First1 = new(Now) { Last = 1, First = 1 };

    [Theory]
    [InlineData("2026-11-21")]
    [InlineData("2030-01-01")]
    public void Trashed_versions_are_not_counted(string trashedAt) => AssertReasons(
        s_last1First1,
        (Past("5", "2026-11-05", trashedAt: trashedAt), "trashed"),
        (Past("4", "2026-11-04"), "last 1 of 1"),
        (Past("3", "2026-11-03"), "expired"),
        (Past("2", "2026-11-02"), "first 1 of 1"),
        (Past("1", "2026-11-01", trashedAt: trashedAt), "trashed"));

    [Fact]
    public void Versions_without_a_date_are_not_counted() => AssertReasons(
        s_last1First1,
        (Past("3", "2026-11-03"), "last 1 of 1"),
        (Past("2", "2026-11-02"), "first 1 of 1"),
        (Past("1", null), "no date"));

    [Fact]
    public void Versions_dated_after_the_present_are_not_counted() => AssertReasons(
        s_last1First1,
        (Past("3", "2026-11-22T12:00:01Z"), "future"),
        (Past("2", "2026-11-22T12:00:00Z"), "last 1 of 1"),
        (Past("1", "2026-11-01"), "first 1 of 1"));

    [Fact]
    public void All_applicable_reasons_are_given() => AssertReasons(
        s_last1First1,
        (new VersionEntry("file", "3") { IsCurrent = true, TrashedAt = Now }, "current, trashed, no date"),
        (Past("2", "2027-01-01", trashedAt: "2026-01-01"), "trashed, future"),
        (Past("1", null, trashedAt: "2026-01-01"), "trashed, no date"));
}
