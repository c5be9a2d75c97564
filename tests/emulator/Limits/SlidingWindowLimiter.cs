using System.Diagnostics;

namespace FileVersions.Emulator.Limits;

/// <summary>Limits the requests of each name in any period of the window's length. Refused requests do not count.</summary>
internal sealed class SlidingWindowLimiter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<long>> _entered = new(StringComparer.Ordinal);

    /// <summary>Accepts a request and returns null, or returns the time until the next one would be accepted.</summary>
    internal TimeSpan? TryEnter(string name, RateLimit limit)
    {
        long now = Stopwatch.GetTimestamp();
        long window = (long)(limit.WindowMs * Stopwatch.Frequency / 1000);
        lock (_gate)
        {
            if (!_entered.TryGetValue(name, out Queue<long>? entered))
            {
                _entered[name] = entered = new Queue<long>();
            }

            while (entered.TryPeek(out long oldest) && oldest <= now - window)
            {
                entered.Dequeue();
            }

            if (entered.Count < limit.PerWindow)
            {
                entered.Enqueue(now);
                return null;
            }

            return entered.TryPeek(out long first) ? Stopwatch.GetElapsedTime(now, first + window) : TimeSpan.FromMilliseconds(limit.WindowMs);
        }
    }

    internal void Reset()
    {
        lock (_gate)
        {
            _entered.Clear();
        }
    }
}
