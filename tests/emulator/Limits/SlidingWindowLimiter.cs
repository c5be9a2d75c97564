using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace FileVersions.Emulator.Limits;

/// <summary>At most so many requests in any span of the window's length, for each name. A refused request does not count.</summary>
internal sealed class SlidingWindowLimiter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<long>> _entered = new(StringComparer.Ordinal);

    /// <summary>Lets a request in, or says how long until the next one would be.</summary>
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
