using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace FileVersions.Http;

/// <summary>Reads headers of replies, and tells what may stand in those of requests.</summary>
internal static class HeaderText
{
    // The forms that RFC 9110 names: the usual one and two obsolete ones.
    private static readonly string[] s_dateForms = ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy", "ddd MMM  d HH:mm:ss yyyy"];

    /// <summary>True for visible ASCII characters.</summary>
    internal static bool MayHold(char c) => c is > ' ' and <= '~';

    /// <summary>The first value of a header; null when it is not there or empty.</summary>
    internal static string? First(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values) && values.FirstOrDefault() is { Length: > 0 } value ? value : null;

    /// <summary>A header's value as milliseconds; null when it is not there or no number.</summary>
    internal static TimeSpan? Milliseconds(HttpResponseHeaders headers, string name) => Number(First(headers, name), TimeSpan.TicksPerMillisecond);

    /// <summary>
    /// The wait of a <c>Retry-After</c> header, in seconds (fractions too) or as a date, which is seen from the reply's own
    /// <c>Date</c>, because clocks differ. Null when it is not there or means nothing; zero when it lies in the past.
    /// </summary>
    internal static TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        string? text = First(headers, "Retry-After");
        if (Number(text, TimeSpan.TicksPerSecond) is { } wait)
        {
            return wait;
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

        wait = date - (headers.Date ?? DateTimeOffset.UtcNow);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>What a <c>WWW-Authenticate</c> header says: OAuth's error and its description, or all of it; nulls when it is not there.</summary>
    internal static (string? Error, string? Description) Challenge(HttpResponseHeaders headers)
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
