using FileVersions.Keeping;
using static FileVersions.UnitTests.Keeping.History;

namespace FileVersions.UnitTests.Keeping;

public sealed class PointInTimeTests
{
    // Dates are starts: each version is in force from its date to the date of the next one.
    private static readonly VersionEntry[] s_starts = [Current("3", "2026-03-01", 3), Past("2", "2026-02-01", 2), Past("1", "2026-01-01", 1)];

    // Dates are ends: the current version has the date of the file, a past version the date at which it was replaced.
    private static readonly VersionEntry[] s_ends = [Current("3", "2026-01-01", 3), Past("2", "2026-03-01", 2), Past("1", "2026-02-01", 1)];

    // Version 3 was replaced by restoring version 2.
    private static readonly VersionEntry[] s_restored = [Current("2", "2026-01-01", 2), Past("3", "2026-03-01", 3), Past("1", "2026-02-01", 1)];

    [Theory]
    [InlineData("2025-12-31T23:59:59Z", null)]
    [InlineData("2026-01-01T00:00:00Z", "1")]
    [InlineData("2026-01-31T23:59:59Z", "1")]
    [InlineData("2026-02-01T00:00:00Z", "2")]
    [InlineData("2026-03-01T00:00:00Z", "3")]
    [InlineData("2026-11-22T12:00:00Z", "3")]
    [InlineData("2030-01-01T00:00:00Z", "3")]
    public void The_version_with_the_latest_start_is_in_force(string time, string? expected)
    {
        Assert.Equal(expected, Find(s_starts, time, CreatedAtMeaning.Start));
        Assert.Equal(expected, Find(s_starts, time, CreatedAtMeaning.StartOrEnd));
    }

    [Theory]
    [InlineData("2025-12-31T23:59:59Z", null)]
    [InlineData("2026-01-01T00:00:00Z", "1")]
    [InlineData("2026-01-31T23:59:59Z", "1")]
    [InlineData("2026-02-01T00:00:00Z", "2")]
    [InlineData("2026-03-01T00:00:00Z", "3")]
    [InlineData("2030-01-01T00:00:00Z", "3")]
    public void If_the_current_version_is_the_oldest_the_dates_are_ends(string time, string? expected) =>
        Assert.Equal(expected, Find(s_ends, time, CreatedAtMeaning.StartOrEnd));

    [Fact]
    public void If_a_past_version_is_as_old_as_the_current_one_the_dates_are_starts() => Assert.Equal(
        "3",
        Find([Current("3", "2026-01-01", 3), Past("2", "2026-03-01", 2), Past("1", "2026-01-01", 1)], "2026-02-01", CreatedAtMeaning.StartOrEnd));

    [Theory]
    [InlineData("2026-02-15", "1")]
    [InlineData("2026-04-01", "2")]
    [InlineData("2026-11-22T12:00:00Z", "3")]
    public void Dates_are_starts_if_the_service_defines_them_so(string time, string expected) =>
        Assert.Equal(expected, Find(s_ends, time, CreatedAtMeaning.Start));

    [Theory]
    [InlineData("2026-01-15", "1")]
    [InlineData("2026-02-01", "ambiguous")]
    [InlineData("2026-02-28", "ambiguous")]
    [InlineData("2026-03-01", "2")]
    [InlineData("2025-12-31", null)]
    public void The_end_of_a_version_newer_than_the_current_one_indicates_a_restore(string time, string? expected) =>
        Assert.Equal(expected, Find(s_restored, time, CreatedAtMeaning.StartOrEnd));

    [Theory]
    [InlineData("2026-02-15", "2")]
    [InlineData("2026-02-28T23:59:59Z", "2")]
    [InlineData("2026-03-01", "ambiguous")]
    [InlineData("2026-04-01", "ambiguous")]
    [InlineData("2026-11-22T12:00:00Z", "2")]
    public void After_the_last_start_an_older_version_may_have_been_restored(string time, string expected)
    {
        VersionEntry[] versions = [Current("2", "2026-02-01", 2), Past("1", "2026-01-01", 1), Past("3", "2026-03-01", 3)];

        Assert.Equal(expected, Find(versions, time, CreatedAtMeaning.StartOrEnd));
    }

    [Theory]
    [InlineData("2026-02-14T23:59:59Z", "2")]
    [InlineData("2026-02-15T00:00:00Z", "1")]
    public void A_trashed_version_counts_until_it_was_trashed(string time, string expected)
    {
        VersionEntry[] versions = [Current("3", "2026-03-01"), Past("2", "2026-02-01", trashedAt: "2026-02-15"), Past("1", "2026-01-01")];

        Assert.Equal(expected, Find(versions, time, CreatedAtMeaning.Start));
    }

    [Fact]
    public void For_equal_dates_the_newest_version_is_in_force()
    {
        Assert.Equal("2", Find([Past("2", "2026-01-01", 10), Past("3", "2026-01-01", 9)], "2026-01-01", CreatedAtMeaning.Start));
        Assert.Equal("1", Find([Past("2", "2026-01-01", 2), Current("1", "2026-01-01", 1)], "2026-01-01", CreatedAtMeaning.Start));
    }

    [Fact]
    public void For_equal_ends_the_oldest_version_was_in_force_before() =>
        Assert.Equal("1", Find([Current("3", "2026-01-01", 3), Past("2", "2026-02-01", 2), Past("1", "2026-02-01", 1)], "2026-01-15", CreatedAtMeaning.StartOrEnd));

    [Theory]
    [InlineData(CreatedAtMeaning.Start)]
    [InlineData(CreatedAtMeaning.StartOrEnd)]
    public void A_missing_date_is_ambiguous_except_for_the_current_time(CreatedAtMeaning meaning)
    {
        VersionEntry[] versions = [Current("3", "2026-03-01"), Past("2", null), Past("1", "2026-01-01")];

        Assert.Equal("ambiguous", Find(versions, "2026-02-15", meaning));
        Assert.Equal("3", Find(versions, "2026-11-22T12:00:00Z", meaning));
    }

    [Fact]
    public void Without_the_current_version_dates_that_can_be_starts_or_ends_are_ambiguous() =>
        Assert.Equal("ambiguous", Find([Past("1", "2026-01-01")], "2026-02-15", CreatedAtMeaning.StartOrEnd));

    [Fact]
    public void The_error_names_the_file_and_the_time()
    {
        FileVersionException error = Assert.Throws<FileVersionException>(
            () => PointInTime.Find(s_restored, At("2026-02-10T09:00:00+01:00"), Now, CreatedAtMeaning.StartOrEnd));

        Assert.Equal((FileVersionErrorKind.AmbiguousHistory, "file"), (error.Kind, error.FileId));
        Assert.Equal(
            "Which version of file file was in force at 2026-02-10 09:00:00 +01:00 is unknown, because an older version may have been restored since. "
            + "List the versions of the file and choose one.",
            error.Message);
    }

    private static string? Find(VersionEntry[] versions, string time, CreatedAtMeaning meaning)
    {
        string?[] found = [Find(versions), Find([.. versions.Reverse()])];
        return Assert.Single(found.Distinct());

        string? Find(VersionEntry[] ordered)
        {
            try
            {
                return PointInTime.Find(ordered, At(time), Now, meaning)?.VersionId;
            }
            catch (FileVersionException error) when (error.Kind == FileVersionErrorKind.AmbiguousHistory)
            {
                return "ambiguous";
            }
        }
    }
}
