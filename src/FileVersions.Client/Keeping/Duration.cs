using System.Globalization;

namespace FileVersions.Keeping;

/// <summary>Reads and writes lengths of time such as <c>36h</c>, <c>30d</c> and <c>8w</c>. A day is 24 hours and a week is 7 days.</summary>
public static class Duration
{
    /// <summary>Reads a whole number of hours, days or weeks (<c>36h</c>, <c>30d</c>, <c>8w</c>), or a TimeSpan in its invariant form (<c>1.06:30:00</c>).</summary>
    /// <param name="text">The text. White space around it is ignored.</param>
    /// <exception cref="FormatException">The text has another form, is negative, or is longer than a TimeSpan can be.</exception>
    public static TimeSpan Parse(string text)
    {
        string trimmed = text.Trim();
        return ParseUnits(trimmed) ?? ParseTimeSpan(trimmed) ?? throw new FormatException(Texts.KeepingDurationInvalid.FormatWith(text));
    }

    /// <summary>Writes whole days as <c>30d</c>, otherwise whole hours as <c>36h</c>, otherwise the TimeSpan as <c>1.06:30:00</c>.</summary>
    internal static string Format(TimeSpan duration) =>
        duration.Ticks % TimeSpan.TicksPerDay == 0 ? FormattableString.Invariant($"{duration.Ticks / TimeSpan.TicksPerDay}d")
        : duration.Ticks % TimeSpan.TicksPerHour == 0 ? FormattableString.Invariant($"{duration.Ticks / TimeSpan.TicksPerHour}h")
        : duration.ToString("c", CultureInfo.InvariantCulture);

    private static TimeSpan? ParseUnits(string text)
    {
        long ticks = text.Length == 0 ? 0 : char.ToLowerInvariant(text[text.Length - 1]) switch
        {
            'h' => TimeSpan.TicksPerHour,
            'd' => TimeSpan.TicksPerDay,
            'w' => 7 * TimeSpan.TicksPerDay,
            _ => 0,
        };

        return ticks > 0
            && long.TryParse(text.Substring(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            && count <= long.MaxValue / ticks
            ? new TimeSpan(count * ticks)
            : null;
    }

    // A number alone would be read as days, so a colon is required.
    private static TimeSpan? ParseTimeSpan(string text) =>
        text.IndexOf(':') >= 0 && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan duration) && duration >= TimeSpan.Zero
            ? duration
            : null;
}
