using System.Globalization;

namespace FileVersions.Keeping;

/// <summary>A division of local time: versions with the same key belong to the same hour, day, week, month or year.</summary>
/// <param name="Name">The name of the rule in reasons.</param>
/// <param name="Key">Returns a number that identifies the period of a local time.</param>
/// <param name="Label">Returns the period of a local time as text.</param>
internal sealed record Period(string Name, Func<DateTimeOffset, long> Key, Func<DateTimeOffset, string> Label)
{
    /// <summary>An hour of the clock and its UTC offset, so that the hour repeated at a clock change is two hours.</summary>
    internal static Period Hour { get; } = new(
        "hourly",
        static time => (time.DateTime.Ticks / TimeSpan.TicksPerHour * 10_000) + (long)time.Offset.TotalMinutes,
        static time => Format(time, "yyyy-MM-dd'T'HHzzz"));

    internal static Period Day { get; } = new(
        "daily",
        static time => DayNumber(time),
        static time => Format(time, "yyyy-MM-dd"));

    /// <summary>A week of ISO 8601: it begins on Monday and belongs to the year of its Thursday.</summary>
    internal static Period Week { get; } = new(
        "weekly",
        static time => DayNumber(time) / 7,
        static time =>
        {
            DateTime thursday = ThursdayOfWeek(time);
            return FormattableString.Invariant($"{thursday.Year:0000}-W{((thursday.DayOfYear - 1) / 7) + 1:00}");
        });

    internal static Period Month { get; } = new(
        "monthly",
        static time => (time.Year * 12) + time.Month,
        static time => Format(time, "yyyy-MM"));

    internal static Period Year { get; } = new(
        "yearly",
        static time => time.Year,
        static time => Format(time, "yyyy"));

    // Day 0 is 0001-01-01, a Monday.
    private static long DayNumber(DateTimeOffset time) => time.DateTime.Ticks / TimeSpan.TicksPerDay;

    private static DateTime ThursdayOfWeek(DateTimeOffset time) => new(((DayNumber(time) / 7 * 7) + 3) * TimeSpan.TicksPerDay);

    private static string Format(DateTimeOffset time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
