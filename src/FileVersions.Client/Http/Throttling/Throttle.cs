using System;
using System.Threading;
using System.Threading.Tasks;

namespace FileVersions.Http.Throttling;

/// <summary>
/// Limits the request rate of an account, for all its requests together. Requests start freely until the service refuses one with
/// 429. Then all wait until the service accepts requests again. From then on they start evenly, at a little less than the rate that the
/// service accepted before, and the rate rises linearly until the next refusal.
/// </summary>
/// <remarks><c>docs/design.md</c> has the measurements behind the constants.</remarks>
internal sealed class Throttle(IClock clock)
{
    /// <summary>Minimum number of accepted requests in a period from which the limit can be estimated.</summary>
    internal const int MinSampleCount = 32;

    /// <summary>The share of the estimated limit at which the rate starts after a refusal.</summary>
    internal const double RestartFactor = 0.97;

    /// <summary>The rise of the rate, as a share of its first value per second.</summary>
    internal const double RisePerSecond = 0.005;

    // One request per second, so that a series of refusals cannot stop all requests.
    private const double MinRate = 1;

    // Timers fire late. This much time may be caught up.
    private static readonly TimeSpan s_slack = TimeSpan.FromMilliseconds(50);

    // A period without requests for this long says nothing about the limit.
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(5);

    // Shorter spans are dominated by the latency of single requests.
    private static readonly TimeSpan s_minSpan = TimeSpan.FromMilliseconds(50);

    private readonly object _lock = new();
    private readonly long _origin = clock.GetTimestamp();

    // A period lasts from one refusal to the next. A response is counted only in the period in which its request started.
    private int _period;
    private int _acceptedCount;
    private TimeSpan _firstAccepted;
    private TimeSpan _lastStarted;

    private TimeSpan _pausedUntil;
    private double _startRate = double.PositiveInfinity;
    private TimeSpan _rateSince;
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
            if (period == _period && _acceptedCount++ == 0)
            {
                _firstAccepted = Now;
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
                _startRate = EstimateRate(now, delay);
                _period++;
                _acceptedCount = 0;
            }

            if (now + delay > _pausedUntil)
            {
                _pausedUntil = now + delay;
                _rateSince = _pausedUntil;
                _nextStart = _pausedUntil;
            }
        }
    }

    // The limit is what the service accepted from the first request to the end of the pause: exact for fixed windows, a little low for
    // sliding ones. After too few requests, a known rate is halved; an unknown one stays unknown.
    private double EstimateRate(TimeSpan now, TimeSpan delay)
    {
        if (_acceptedCount < MinSampleCount)
        {
            return Math.Max(RateAt(now) / 2, MinRate);
        }

        TimeSpan span = now - _firstAccepted + delay;
        return RestartFactor * _acceptedCount / (span > s_minSpan ? span : s_minSpan).TotalSeconds;
    }

    private double RateAt(TimeSpan now) =>
        now <= _rateSince ? _startRate : _startRate * (1 + (RisePerSecond * (now - _rateSince).TotalSeconds));

    /// <returns>The time until the start.</returns>
    private TimeSpan ReserveStart(TimeSpan now)
    {
        if (now - _lastStarted > s_idle)
        {
            _acceptedCount = 0;
        }

        TimeSpan start = _nextStart > now - s_slack ? _nextStart : now - s_slack;
        _nextStart = start + TimeSpan.FromTicks((long)(TimeSpan.TicksPerSecond / RateAt(now)));
        _lastStarted = start > now ? start : now;
        return start - now;
    }
}
