using System.Globalization;

namespace FileVersions.Emulator;

/// <summary>A rate limit.</summary>
/// <param name="PerWindow">The number of requests in a window.</param>
/// <param name="WindowMs">The window's length in milliseconds.</param>
/// <param name="Fractional">Whether <c>Retry-After</c> can be a fraction of a second; otherwise it is a whole number, at least 1.</param>
public sealed record RateLimit(int PerWindow, double WindowMs, bool Fractional = false)
{
    /// <summary>The value of <c>Retry-After</c> for a time to wait.</summary>
    internal string RetryAfter(TimeSpan wait) =>
        (Fractional ? wait.TotalSeconds : Math.Max(1, Math.Ceiling(wait.TotalSeconds))).ToString("0.###", CultureInfo.InvariantCulture);
}
