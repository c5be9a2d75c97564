using System.Diagnostics;

namespace FileVersions.Emulator.Limits;

/// <summary>Limits the requests of each name in fixed windows. A window begins with its first request.</summary>
internal sealed class FixedWindowLimiter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Opened, int Count)> _windows = new(StringComparer.Ordinal);

    /// <summary>Accepts a request and returns null, or returns the time until the window ends.</summary>
    internal TimeSpan? TryEnter(string name, RateLimit limit)
    {
        long now = Stopwatch.GetTimestamp();
        TimeSpan length = TimeSpan.FromMilliseconds(limit.WindowMs);
        lock (_gate)
        {
            if (!_windows.TryGetValue(name, out (long Opened, int Count) window) || Stopwatch.GetElapsedTime(window.Opened, now) >= length)
            {
                window = (now, 0);
            }

            if (window.Count >= limit.PerWindow)
            {
                return length - Stopwatch.GetElapsedTime(window.Opened, now);
            }

            _windows[name] = (window.Opened, window.Count + 1);
            return null;
        }
    }

    internal void Reset()
    {
        lock (_gate)
        {
            _windows.Clear();
        }
    }
}
