using FileVersions.Keeping;
using static FileVersions.UnitTests.Keeping.History;

namespace FileVersions.UnitTests.Keeping;

public sealed class PeriodRuleTests
{
    [Fact]
    public void The_newest_version_of_each_day_is_kept_and_empty_days_are_not_counted() => AssertReasons(
        new RetentionPolicy(Now) { TimeZone = Zone("UTC"), Daily = 3 },
        ("2026-11-20 18:00", "daily 2026-11-20"),
        ("2026-11-20 09:00", "expired"),
        ("2026-11-12 23:59:59", "daily 2026-11-12"),
        ("2026-11-12 00:00", "expired"),
        ("2026-11-11 23:59:59", "daily 2026-11-11"),
        ("2026-11-10 12:00", "expired"));

    [Fact]
    public void Days_begin_at_midnight_in_the_time_zone_of_the_policy() => AssertReasons(
        new RetentionPolicy(Now) { TimeZone = Zone("America/Los_Angeles"), Daily = 9 },
        ("2026-11-20T09:00+01:00", "daily 2026-11-20"),
        ("2026-11-20T08:59+01:00", "daily 2026-11-19"));

    [Fact]
    public void Hours_begin_at_the_full_hour_of_local_time() => AssertReasons(
        new RetentionPolicy(Now) { TimeZone = Zone("Asia/Kolkata"), Hourly = 9 },
        ("2026-11-20 09:30", "hourly 2026-11-20T15+05:30"),
        ("2026-11-20 09:29", "hourly 2026-11-20T14+05:30"),
        ("2026-11-20 08:30", "expired"));

    [Fact]
    public void An_hour_repeated_at_a_clock_change_counts_as_two_hours() => AssertReasons(
        new RetentionPolicy(Now) { TimeZone = Zone("Europe/Berlin"), Hourly = 9 },
        ("2026-10-25T02:50+01:00", "hourly 2026-10-25T02+01:00"),
        ("2026-10-25T02:10+01:00", "expired"),
        ("2026-10-25T02:50+02:00", "hourly 2026-10-25T02+02:00"),
        ("2026-10-25T01:50+02:00", "hourly 2026-10-25T01+02:00"));

    [Fact]
    public void The_day_of_a_clock_change_counts_as_one_day() => AssertReasons(
        new RetentionPolicy(Now) { TimeZone = Zone("Europe/Berlin"), Daily = 9 },
        ("2026-10-25T23:59+01:00", "daily 2026-10-25"),
        ("2026-10-25T00:00+02:00", "expired"),
        ("2026-10-24T23:59+02:00", "daily 2026-10-24"));

    // At 00:01 on 1 November 2009, clocks in Newfoundland were set back to 23:01 on 31 October.
    [Fact]
    public void A_day_or_month_that_occurs_twice_counts_once() => AssertReasons(
        new RetentionPolicy(Now) { TimeZone = Zone("America/St_Johns"), Daily = 9, Monthly = 9 },
        ("2009-11-01T00:30-03:30", "daily 2009-11-01, monthly 2009-11"),
        ("2009-10-31T23:30-03:30", "daily 2009-10-31, monthly 2009-10"),
        ("2009-11-01T00:00:30-02:30", "expired"),
        ("2009-10-31T23:30-02:30", "expired"));

    [Fact]
    public void Weeks_begin_on_Monday() => AssertReasons(
        new RetentionPolicy(Now) { TimeZone = Zone("UTC"), Weekly = 9 },
        ("2026-11-16 00:00", "weekly 2026-W47"),
        ("2026-11-15 23:59", "weekly 2026-W46"),
        ("2026-11-09 00:00", "expired"),
        ("2026-11-08 23:59", "weekly 2026-W45"));

    [Theory]
    [InlineData("2021-01-03", "weekly 2020-W53")]
    [InlineData("2021-01-04", "weekly 2021-W01")]
    [InlineData("2020-12-28", "weekly 2020-W53")]
    [InlineData("2020-12-27", "weekly 2020-W52")]
    [InlineData("2025-12-29", "weekly 2026-W01")]
    [InlineData("2025-12-28", "weekly 2025-W52")]
    [InlineData("2023-01-01", "weekly 2022-W52")]
    [InlineData("2024-12-31", "weekly 2025-W01")]
    [InlineData("2016-01-03", "weekly 2015-W53")]
    [InlineData("0001-01-01", "weekly 0001-W01")]
    public void Weeks_are_numbered_by_ISO_8601(string date, string expected) =>
        AssertReasons(new RetentionPolicy(Now) { TimeZone = Zone("UTC"), Weekly = 1 }, (date, expected));

    [Fact]
    public void A_week_that_spans_two_years_counts_as_one_week() => AssertReasons(
        new RetentionPolicy(Now) { TimeZone = Zone("UTC"), Weekly = 9, Yearly = 9 },
        ("2021-01-03", "weekly 2020-W53, yearly 2021"),
        ("2021-01-01", "expired"),
        ("2020-12-28", "yearly 2020"),
        ("2020-12-27", "weekly 2020-W52"));

    [Fact]
    public void Empty_months_and_years_are_not_counted() => AssertReasons(
        new RetentionPolicy(Now) { TimeZone = Zone("UTC"), Monthly = 2, Yearly = 2 },
        ("2026-11-20", "monthly 2026-11, yearly 2026"),
        ("2026-11-01", "expired"),
        ("2026-03-31", "monthly 2026-03"),
        ("2024-03-31", "yearly 2024"),
        ("2023-03-31", "expired"));

    [Fact]
    public void The_same_month_of_another_year_is_another_month() => AssertReasons(
        new RetentionPolicy(Now) { TimeZone = Zone("UTC"), Monthly = 2 },
        ("2026-11-20", "monthly 2026-11"),
        ("2025-11-20", "monthly 2025-11"));

    [Fact]
    public void The_earliest_possible_date_is_counted() => AssertReasons(
        new RetentionPolicy(Now) { TimeZone = Zone("America/Los_Angeles"), Hourly = 1, Weekly = 1, Yearly = 1 },
        ("0001-01-01T00:00Z", "hourly 0001-01-01T00+00:00, weekly 0001-W01, yearly 0001"));
}
