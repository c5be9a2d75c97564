using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace FileVersions.Http;

/// <summary>Reads the headers of responses and validates those of requests.</summary>
internal static class HeaderText
{
    // The formats of RFC 9110: the current one and two obsolete ones.
    private static readonly string[] s_dateForms = ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy", "ddd MMM  d HH:mm:ss yyyy"];

    /// <summary>Whether a credential or an id can be sent in a header: it has only visible ASCII characters, and at least one.</summary>
    internal static bool IsValid(string text)
    {
        foreach (char c in text)
        {
            if (!IsVisible(c))
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    internal static bool IsVisible(char c) => c is > ' ' and <= '~';

    /// <summary>Returns the first value of a header; null if it is missing or empty.</summary>
    internal static string? First(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values) && values.FirstOrDefault() is { Length: > 0 } value ? value : null;

    /// <summary>Reads a header as a number of milliseconds; null if it is missing or not a number.</summary>
    internal static TimeSpan? ReadMilliseconds(HttpResponseHeaders headers, string name) => Number(First(headers, name), TimeSpan.TicksPerMillisecond);

    /// <summary>
    /// Reads the delay of a <c>Retry-After</c> header: a number of seconds, or a date, which is compared with the response's own
    /// <c>Date</c> because clocks differ. Null if the header is missing or invalid; zero for a date in the past.
    /// </summary>
    internal static TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now)
    {
        string? text = First(headers, "Retry-After");
        if (Number(text, TimeSpan.TicksPerSecond) is { } delay)
        {
            return delay;
        }

        if (!DateTimeOffset.TryParseExact(
            text,
            s_dateForms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces,
            out DateTimeOffset date))
        {
            return null;
        }

        delay = date - (headers.Date ?? now);
        return delay < TimeSpan.Zero ? TimeSpan.Zero : delay;
    }

    /// <summary>Reads a <c>WWW-Authenticate</c> header: OAuth's error and description, or the whole text as the description.</summary>
    internal static (string? Error, string? Description) ReadChallenge(HttpResponseHeaders headers)
    {
        string text = string.Join(", ", headers.WwwAuthenticate.Select(challenge => challenge.ToString()));
        return text.Length == 0 ? (null, null) : (Part(text, "error"), Part(text, "error_description") ?? text);
    }

    private static string? Part(string challenge, string name)
    {
        Match match = Regex.Match(challenge, $@"(?:^|[\s,]){name}\s*=\s*""([^""]+)""", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        return match.Success ? match.Groups[1].Value : null;
    }

    private static TimeSpan? Number(string? text, long ticksPerUnit)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || double.IsNaN(value))
        {
            return null;
        }

        double ticks = value * ticksPerUnit;
        return ticks <= 0 ? TimeSpan.Zero : ticks >= TimeSpan.MaxValue.Ticks ? TimeSpan.MaxValue : TimeSpan.FromTicks((long)ticks);
    }
}
