using FileVersions.Keeping;
using static FileVersions.UnitTests.Keeping.History;

namespace FileVersions.UnitTests.Keeping;

public sealed class WithinRuleTests
{
    [Fact]
    public void The_period_starts_when_a_version_is_superseded() => AssertReasons(
        new RetentionPolicy(Now) { Within = TimeSpan.FromDays(30) },
        (Current("3", "2026-11-20"), "current"),
        (Past("2", "2020-01-01"), "within 30d"), // In force until two days ago.
        (Past("1", "2019-01-01"), "expired"));

    [Theory]
    [InlineData("2026-10-23 12:00:00", "within 30d")]
    [InlineData("2026-10-23 11:59:59", "expired")]
    public void A_version_superseded_exactly_at_the_limit_is_kept(string supersededAt, string expected) => AssertReasons(
        new RetentionPolicy(Now) { Within = TimeSpan.FromDays(30) },
        (Current("2", supersededAt), "current"),
        (Past("1", "2020-01-01"), expected));

    [Fact]
    public void A_day_is_24_hours_when_the_clocks_change() => AssertReasons(
        new RetentionPolicy(At("2026-10-25T12:00+01:00")) { TimeZone = Zone("Europe/Berlin"), Within = TimeSpan.FromDays(1) },
        (Current("3", "2026-10-24T13:00+02:00"), "current"),
        (Past("2", "2026-10-24T12:59:59+02:00"), "within 1d"),
        (Past("1", "2020-01-01"), "expired"));

    [Fact]
    public void Without_a_newer_version_the_current_time_is_used() => AssertReasons(
        new RetentionPolicy(Now) { Within = TimeSpan.FromHours(1) },
        (Past("2", "2020-01-02"), "within 1h"),
        (Past("1", "2020-01-01"), "expired"));

    [Theory]
    [InlineData(null)]
    [InlineData("2019-01-01")]
    public void A_current_version_without_a_later_date_does_not_determine_the_superseded_time(string? createdAt)
    {
        VersionEntry[] versions = [Current("2", createdAt), Past("1", "2020-01-01")];

        KeepDecision decision = new RetentionRules(new RetentionPolicy(Now) { Within = TimeSpan.FromDays(1) }).Explain(versions)[1];

        Assert.Null(decision.SupersededAt);
        Assert.Equal(["within 1d"], decision.Reason);
    }

    [Fact]
    public void A_version_superseded_in_the_future_is_kept() => AssertReasons(
        new RetentionPolicy(Now) { Within = TimeSpan.FromDays(1) },
        (Past("2", "2026-12-01"), "future"),
        (Past("1", "2020-01-01"), "within 1d"));

    [Fact]
    public void A_trashed_version_does_not_supersede_another() => AssertReasons(
        new RetentionPolicy(Now) { Within = TimeSpan.FromDays(1) },
        (Current("3", "2026-11-22"), "current"),
        (Past("2", "2020-01-02", trashedAt: "2026-11-21"), "trashed"),
        (Past("1", "2020-01-01"), "within 1d"));

    [Fact]
    public void The_longest_period_keeps_everything() => AssertReasons(
        new RetentionPolicy(Now) { Within = TimeSpan.MaxValue },
        ("0001-01-02", "within 10675199.02:48:05.4775807"),
        ("0001-01-01", "within 10675199.02:48:05.4775807"));
}
