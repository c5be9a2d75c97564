using System.Globalization;
using System.Management.Automation;

namespace FileVersions.PS.Parameters;

/// <summary>Reads the date of a version that may have been in a file, a job or another computer.</summary>
internal static class VersionDate
{
    private static readonly string[] s_isoForms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>The date; null when there is none, or none that is certain.</summary>
    internal static DateTimeOffset? Read(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        DateTimeOffset date => date,
        DateTime date => date,
        string text => Parse(text.Trim(), CultureInfo.CurrentCulture),

        // A copy of a DateTimeOffset, from CLIXML or a job.
        PSCustomObject when ((PSObject)value!).Properties["UtcDateTime"]?.Value is DateTime utc => DateTime.SpecifyKind(utc, DateTimeKind.Utc),
        _ => null,
    };

    /// <summary>
    /// Takes ISO 8601 with an offset, and exactly what <c>Export-Csv</c> writes under the session's culture: in other forms day and
    /// month may stand the other way round.
    /// </summary>
    private static DateTimeOffset? Parse(string text, CultureInfo culture)
    {
        DateTimeFormatInfo forms = culture.DateTimeFormat;
        string form = $"{forms.ShortDatePattern} {forms.LongTimePattern} zzz";
        if (DateTimeOffset.TryParseExact(text, form, culture, DateTimeStyles.None, out DateTimeOffset date) && date.ToString(culture) == text)
        {
            return date;
        }

        return DateTimeOffset.TryParseExact(text, s_isoForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date) ? date : null;
    }
}
