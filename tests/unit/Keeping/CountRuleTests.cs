using FileVersions.Keeping;
using static FileVersions.UnitTests.Keeping.History;

namespace FileVersions.UnitTests.Keeping;

public sealed class CountRuleTests
{
    [Fact]
    public void Last_keeps_the_newest_versions() => AssertReasons(
        new RetentionPolicy(Now) { Last = 2 },
        ("2026-11-20", "last 1 of 2"),
        ("2026-11-19", "last 2 of 2"),
        ("2026-11-18", "expired"));

    [Fact]
    public void First_keeps_the_oldest_versions() => AssertReasons(
        new RetentionPolicy(Now) { First = 2 },
        ("2026-11-20", "expired"),
        ("2026-11-19", "first 2 of 2"),
        ("2026-11-18", "first 1 of 2"));

    [Fact]
    public void A_count_above_the_number_of_versions_keeps_all() => AssertReasons(
        new RetentionPolicy(Now) { Last = int.MaxValue, First = 10 },
        ("2026-11-20", "last 1 of 2147483647, first 2 of 10"),
        ("2026-11-19", "last 2 of 2147483647, first 1 of 10"));

    [Fact]
    public void The_current_version_is_kept_and_not_counted() => AssertReasons(
        new RetentionPolicy(Now) { Last = 1 },
        (Current("3", "2026-11-20"), "current"),
        (Past("2", "2026-11-19"), "last 1 of 1"),
        (Past("1", "2026-11-18"), "expired"));

    [Fact]
    public void A_version_kept_by_one_rule_also_counts_for_the_others() => AssertReasons(
        new RetentionPolicy(Now) { TimeZone = Zone("UTC"), Last = 1, Daily = 2, First = 1 },
        ("2026-11-20 18:00", "last 1 of 1, daily 2026-11-20"),
        ("2026-11-20 09:00", "expired"),
        ("2026-11-19 18:00", "daily 2026-11-19"),
        ("2026-11-18 18:00", "first 1 of 1"));

    [Fact]
    public void Reasons_are_in_the_order_of_the_rules() => AssertReasons(
        new RetentionPolicy(Now) { TimeZone = Zone("UTC"), Within = Duration.Parse("1h"), First = 1, Yearly = 1, Monthly = 1, Weekly = 1, Daily = 1, Hourly = 1, Last = 1 },
        ("2026-11-20 18:00", "last 1 of 1, hourly 2026-11-20T18+00:00, daily 2026-11-20, weekly 2026-W47, monthly 2026-11, yearly 2026, first 1 of 1, within 1h"));

    [Fact]
    public void The_input_order_only_determines_the_output_order() => AssertReasons(
        new RetentionPolicy(Now) { Last = 1, First = 1 },
        ("2026-11-19", "expired"),
        ("2026-11-20", "last 1 of 1"),
        ("2026-11-17", "first 1 of 1"),
        ("2026-11-18", "expired"));
}
