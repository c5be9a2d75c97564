using System.Globalization;
using FileVersions.Keeping;

namespace FileVersions.UnitTests.Keeping;

public sealed class DurationTests
{
    [Theory]
    [InlineData("36h", "1.12:00:00")]
    [InlineData("30d", "30.00:00:00")]
    [InlineData("8w", "56.00:00:00")]
    [InlineData(" 1D ", "1.00:00:00")]
    [InlineData("0h", "00:00:00")]
    [InlineData("1.06:30:00", "1.06:30:00")]
    [InlineData("12:00:00", "12:00:00")]
    [InlineData("10675199d", "10675199.00:00:00")]
    public void Hours_days_weeks_and_time_spans_are_parsed(string text, string expected) =>
        Assert.Equal(expected, Duration.Parse(text).ToString("c", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("")]
    [InlineData("30")] // Days to TimeSpan.Parse, ticks to PowerShell.
    [InlineData("d")]
    [InlineData("-1d")]
    [InlineData("1.5d")]
    [InlineData("1 d")]
    [InlineData("1m")]
    [InlineData("-12:00:00")]
    [InlineData("10675200d")]
    [InlineData("99999999999999999999w")]
    public void An_invalid_duration_is_an_error_that_shows_valid_formats(string text) => Assert.Equal(
        $"'{text}' is not a duration. Specify a whole number of hours, days or weeks, such as 36h, 30d or 8w, or a time span such as 1.06:30:00.",
        Assert.Throws<FormatException>(() => Duration.Parse(text)).Message);

    [Theory]
    [InlineData("8w", "56d")]
    [InlineData("48h", "2d")]
    [InlineData("36h", "36h")]
    [InlineData("01:30:00", "01:30:00")]
    public void Durations_are_formatted_in_whole_days_or_else_hours(string text, string expected) =>
        Assert.Equal(expected, Duration.Format(Duration.Parse(text)));
}
