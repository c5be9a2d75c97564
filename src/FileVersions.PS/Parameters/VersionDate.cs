using System.Globalization;

namespace FileVersions.PS.Parameters;

/// <summary>Reads the date of a version that may come from a file, a job or another computer.</summary>
internal static class VersionDate
{
    private static readonly string[] s_isoFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>Returns the date; null if there is none, or if it cannot be read with certainty.</summary>
    internal static DateTimeOffset? Read(object? value) => value.Unwrap() switch
    {
        DateTimeOffset date => date,
        DateTime date => date,
        string text => Parse(text.Trim(), CultureInfo.CurrentCulture),

        // A copy of a DateTimeOffset, from CLIXML or a job.
        PSCustomObject when ((PSObject)value!).Properties["UtcDateTime"]?.Value is DateTime utc => DateTime.SpecifyKind(utc, DateTimeKind.Utc),
        _ => null,
    };

    /// <summary>
    /// Accepts ISO 8601 with an offset, and exactly what <c>Export-Csv</c> writes in the session's culture: in other formats, day and month may
    /// be swapped.
    /// </summary>
    private static DateTimeOffset? Parse(string text, CultureInfo culture)
    {
        DateTimeFormatInfo formats = culture.DateTimeFormat;
        string format = $"{formats.ShortDatePattern} {formats.LongTimePattern} zzz";
        if (DateTimeOffset.TryParseExact(text, format, culture, DateTimeStyles.None, out DateTimeOffset date) && date.ToString(culture) == text)
        {
            return date;
        }

        return DateTimeOffset.TryParseExact(text, s_isoFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date) ? date : null;
    }
}
