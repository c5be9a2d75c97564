namespace FileVersions.Http.Throttling;

/// <summary>
/// Limits the request rate of an account, for all its requests together. Requests start freely until the service refuses one with
/// 429. Then all wait until the service accepts requests again. From then on they start evenly, at a little less than the rate that the
/// service accepted before, and the rate rises linearly until the next refusal.
/// </summary>
/// <remarks><c>docs/design.md</c> has the measurements behind the constants.</remarks>
internal sealed class Throttle(IClock clock)
{
    /// <summary>Minimum number of accepted requests from which the limit can be estimated.</summary>
    internal const int MinSampleCount = 16;

    /// <summary>The share of the estimated limit at which the rate starts after a refusal.</summary>
    internal const double RestartFactor = 0.97;

    /// <summary>The smallest share of the current rate that remains after a refusal, even if too few requests used the rate to measure it.</summary>
    internal const double MinRemainder = 0.8;

    /// <summary>The rise of the rate, as a share of its first value per second.</summary>
    internal const double RisePerSecond = 0.01;

    // One request per second, so that a series of refusals cannot stop all requests.
    private const double MinRate = 1;

    // Timers fire late on a busy computer. This much time may be caught up.
    private static readonly TimeSpan s_slack = TimeSpan.FromMilliseconds(200);

    // A period without requests for this long says nothing about the limit.
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(5);

    // A limit applies to at most a minute.
    private static readonly TimeSpan s_maxSpan = TimeSpan.FromSeconds(60);

    // Shorter spans are dominated by the latency of single requests.
    private static readonly TimeSpan s_minSpan = TimeSpan.FromMilliseconds(50);

    private readonly object _lock = new();
    private readonly long _origin = clock.GetTimestamp();

    // A period lasts from one refusal to the next. A response is counted in the period in which its request started.
    private int _period;
    private Sample _current;
    private Sample _previous;
    private TimeSpan _lastStarted;

    private TimeSpan _pausedUntil;
    private double _rateBefore = double.PositiveInfinity;
    private TimeSpan _nextStart;

    /// <summary>The current rate in requests per second; infinite while no limit is known.</summary>
    internal double Rate
    {
        get
        {
            lock (_lock)
            {
                return RateAt(Now);
            }
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(_origin);

    /// <summary>Waits until a request may start.</summary>
    /// <param name="onPaused">Receives the remaining time of a pause, if there is one; null if not needed.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The period in which the request starts, for <see cref="OnAccepted"/> and <see cref="OnRefused"/>.</returns>
    internal async Task<int> AcquireAsync(Action<TimeSpan>? onPaused, CancellationToken cancellationToken)
    {
        while (true)
        {
            int period;
            bool isPaused;
            TimeSpan delay;
            lock (_lock)
            {
                TimeSpan now = Now;
                period = _period;
                isPaused = now < _pausedUntil;
                delay = isPaused ? _pausedUntil - now : ReserveStart(now);
            }

            if (isPaused)
            {
                onPaused?.Invoke(delay);
                onPaused = null;
            }

            if (delay > TimeSpan.Zero)
            {
                await clock.Delay(delay, cancellationToken).ConfigureAwait(false);
            }

            lock (_lock)
            {
                // A start that was reserved before a refusal is void.
                if (!isPaused && period == _period)
                {
                    return period;
                }
            }
        }
    }

    /// <summary>Reports that the service accepted a request, with whatever result.</summary>
    internal void OnAccepted(int period)
    {
        lock (_lock)
        {
            if (period == _period)
            {
                _current.Add(Now);
            }
            else if (period == _period - 1)
            {
                // Its request was accepted before the refusal, although the response arrives after it.
                _previous.Count++;
            }
        }
    }

    /// <summary>Reports that the service refused a request because of the rate, and stops all requests for the delay that it asks for.</summary>
    internal void OnRefused(int period, TimeSpan delay)
    {
        lock (_lock)
        {
            TimeSpan now = Now;

            // A refusal of a request that started earlier says nothing new about the rate.
            if (period == _period)
            {
                _rateBefore = RateAt(now);
                _current.End = now + delay;
                _previous = _current;
                _current = default;
                _period++;
            }

            if (now + delay > _pausedUntil)
            {
                _pausedUntil = now + delay;
                _nextStart = _pausedUntil;
            }
        }
    }

    private double RateAt(TimeSpan now)
    {
        double start = _previous.Count < MinSampleCount ? _rateBefore / 2
            : double.IsInfinity(_rateBefore) ? RestartFactor * _previous.Rate
            : Math.Max(RestartFactor * _previous.Rate, MinRemainder * _rateBefore);
        start = Math.Max(start, MinRate);
        return now <= _pausedUntil ? start : start * (1 + (RisePerSecond * (now - _pausedUntil).TotalSeconds));
    }

    /// <returns>The time until the start.</returns>
    private TimeSpan ReserveStart(TimeSpan now)
    {
        if (now - _lastStarted > s_idle)
        {
            _current = default;
        }

        TimeSpan start = _nextStart > now - s_slack ? _nextStart : now - s_slack;
        _nextStart = start + TimeSpan.FromTicks((long)(TimeSpan.TicksPerSecond / RateAt(now)));
        _lastStarted = start > now ? start : now;
        return start - now;
    }
    /// <summary>The requests that the service accepted in a period.</summary>
    private struct Sample
    {
        private TimeSpan _start;

        internal int Count;

        /// <summary>When the service accepts requests again after the period.</summary>
        internal TimeSpan End;

        /// <summary>The accepted requests per second, including the pause: exact for a limit with fixed windows, a little low for other limits.</summary>
        internal readonly double Rate => Count / (End - _start > s_minSpan ? End - _start : s_minSpan).TotalSeconds;

        internal void Add(TimeSpan now)
        {
            if (Count++ == 0)
            {
                _start = now;
            }
            else if (now - _start > s_maxSpan)
            {
                // Forget the older half, because the rate of the requests may have changed since.
                Count /= 2;
                _start += TimeSpan.FromTicks((now - _start).Ticks / 2);
            }
        }
    }
}
