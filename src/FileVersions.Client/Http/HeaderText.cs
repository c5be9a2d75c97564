using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http.Headers;

namespace FileVersions.Http;

/// <summary>Reads headers of replies.</summary>
internal static class HeaderText
{
    /// <summary>The first value of a header, shortened to a line; null when it is not there.</summary>
    internal static string? First(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values) && values.FirstOrDefault() is { Length: > 0 } value ? ShownId.Of(value) : null;

    /// <summary>A header's value as milliseconds; null when it is not there or no number.</summary>
    internal static TimeSpan? Milliseconds(HttpResponseHeaders headers, string name) =>
        double.TryParse(First(headers, name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0 && value < int.MaxValue
            ? TimeSpan.FromMilliseconds(value)
            : null;

    /// <summary>The wait of a <c>Retry-After</c> header, in seconds or as a date; null when it is not there.</summary>
    internal static TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        if (headers.RetryAfter is not { } retryAfter)
        {
            return null;
        }

        TimeSpan wait = retryAfter.Delta ?? retryAfter.Date!.Value - DateTimeOffset.UtcNow;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
