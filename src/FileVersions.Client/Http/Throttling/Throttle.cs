namespace FileVersions.Http.Throttling;

/// <summary>
/// Limits the request rate of an account, for all its requests together. Requests start freely until the service refuses one with 429.
/// Then all wait until the service accepts requests again. From then on they start evenly, at a little less than the rate that the service
/// accepted before, and the rate rises with every request that has to wait for its turn.
/// </summary>
/// <remarks><c>docs/design.md</c> has the measurements behind the constants.</remarks>
internal sealed class Throttle(IClock clock)
{
    /// <summary>Minimum number of accepted requests from which an unknown limit can be estimated.</summary>
    internal const int MinSampleCount = 16;

    /// <summary>The share of the accepted rate at which requests continue after a refusal.</summary>
    internal const double RestartFactor = 0.97;

    /// <summary>The minimum share of the rate that remains after a refusal.</summary>
    internal const double MinRemainder = 0.5;

    /// <summary>
    /// A refusal after n accepted requests lowers the rate by this number divided by n at most. A limit that is reached again at once must
    /// be much lower. A refusal after thousands of requests says little; it may not even be about the rate.
    /// </summary>
    internal const double MaxReduction = 16;

    /// <summary>
    /// This many refusals in succession, each after fewer than <see cref="MinSampleCount"/> accepted requests, do not lower the rate. A limit
    /// on any period accepts a few requests early after a pause, as many as the service received before a burst.
    /// </summary>
    internal const int MaxEarlyRefusals = 5;

    /// <summary>The number of waiting requests after which the rate has doubled. The rise is quadratic: 1 % after a tenth of them.</summary>
    internal const int DoublingCount = 3000;

    // The accepted rate is measured over this many requests or the half of it, so that it follows changes.
    private const int MaxSampleCount = 200;

    // One request per second, so that a series of refusals cannot stop all requests.
    private const double MinRate = 1;

    // Timers fire late on a busy computer. This much time may be caught up.
    private static readonly TimeSpan s_slack = TimeSpan.FromMilliseconds(200);

    // A time without accepted requests for this long says nothing about the limit.
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(5);

    // A limit applies to at most a minute.
    private static readonly TimeSpan s_maxSpan = TimeSpan.FromSeconds(60);

    // Shorter spans are dominated by the latency of single requests.
    private static readonly TimeSpan s_minSpan = TimeSpan.FromMilliseconds(50);

    private readonly object _lock = new();
    private readonly long _origin = clock.GetTimestamp();

    private double _base = double.PositiveInfinity;
    private int _waited;
    private TimeSpan _nextStart;

    // The requests that the service accepted recently.
    private int _sampleCount;
    private TimeSpan _sampleStart;
    private TimeSpan _lastAccepted;

    private bool _isPaused;
    private TimeSpan _pausedUntil;
    private bool _isReductionDue;
    private int _acceptedSinceReduction;
    private int _earlyRefusals;
    private int _reductions;
    private int _pauses;

    /// <summary>The current rate in requests per second; infinite while no limit is known.</summary>
    internal double Rate
    {
        get
        {
            lock (_lock)
            {
                EndPauseIfOver(Now);
                return CurrentRate;
            }
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(_origin);

    private double CurrentRate => _base * (1 + Math.Pow((double)_waited / DoublingCount, 2));

    /// <summary>Waits until a request may start.</summary>
    /// <param name="onPaused">Receives the remaining time of a pause, if there is one; null if not needed.</param>
    /// <returns>The number of reductions of the rate so far, for <see cref="OnRefused"/>.</returns>
    internal async Task<int> AcquireAsync(Action<TimeSpan>? onPaused, CancellationToken cancellationToken)
    {
        while (true)
        {
            bool isPaused;
            int pauses;
            TimeSpan delay;
            lock (_lock)
            {
                TimeSpan now = Now;
                EndPauseIfOver(now);
                isPaused = _isPaused;
                pauses = _pauses;
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
                // A pause voids all starts that were reserved before it.
                if (!isPaused && pauses == _pauses)
                {
                    return _reductions;
                }
            }
        }
    }

    /// <summary>Reports that the service accepted a request, with whatever result.</summary>
    internal void OnAccepted()
    {
        lock (_lock)
        {
            TimeSpan now = Now;
            if (_sampleCount == 0 || now - _lastAccepted > s_idle)
            {
                _sampleCount = 0;
                _sampleStart = now;
            }
            else if (now - _sampleStart > s_maxSpan || (_sampleCount >= MaxSampleCount && !double.IsInfinity(_base)))
            {
                // Forget the older half, because the rate of the requests may have changed since.
                _sampleCount /= 2;
                _sampleStart += TimeSpan.FromTicks((now - _sampleStart).Ticks / 2);
            }

            _sampleCount++;
            _acceptedSinceReduction++;
            _lastAccepted = now;
        }
    }

    /// <summary>Reports that the service refused a request because of the rate, and stops all requests for the delay that it asks for.</summary>
    /// <param name="reductions">What <see cref="AcquireAsync"/> returned for the request.</param>
    /// <param name="delay">The delay.</param>
    internal void OnRefused(int reductions, TimeSpan delay)
    {
        lock (_lock)
        {
            TimeSpan now = Now;
            EndPauseIfOver(now);
            if (!_isPaused)
            {
                _isPaused = true;
                _pauses++;
                _pausedUntil = now;
            }

            if (now + delay > _pausedUntil)
            {
                _pausedUntil = now + delay;
            }

            // The refusal of a request that started before the last reduction says nothing new about the rate.
            _isReductionDue |= reductions == _reductions;
        }
    }

    // The rate is reduced at the end of the pause: by then the responses of accepted requests have arrived as well.
    private void EndPauseIfOver(TimeSpan now)
    {
        if (!_isPaused || now < _pausedUntil)
        {
            return;
        }

        _isPaused = false;
        _nextStart = _pausedUntil;
        if (_isReductionDue)
        {
            _isReductionDue = false;
            _reductions++;

            // If nothing was accepted since the last pause, that pause was too short, which says nothing about the rate.
            if (_acceptedSinceReduction > 0)
            {
                Reduce();
                _acceptedSinceReduction = 0;
            }
        }
    }

    private void Reduce()
    {
        // The pause belongs to the span: a limit with windows accepts nothing more until the window ends.
        TimeSpan span = _pausedUntil - _sampleStart;
        double accepted = _sampleCount / (span > s_minSpan ? span : s_minSpan).TotalSeconds;
        double rate = CurrentRate;
        if (!double.IsInfinity(rate))
        {
            _earlyRefusals = _acceptedSinceReduction < MinSampleCount ? _earlyRefusals + 1 : 0;
            if (_earlyRefusals is > 0 and <= MaxEarlyRefusals)
            {
                return;
            }

            double remainder = Math.Max(MinRemainder, 1 - (MaxReduction / _acceptedSinceReduction));
            _base = Math.Max(Math.Min(Math.Max(RestartFactor * accepted, remainder * rate), rate), MinRate);
            _waited = 0;
        }
        else if (_sampleCount >= MinSampleCount)
        {
            // The first requests started as a burst, so they say nothing about the rate from now on.
            _base = Math.Max(RestartFactor * accepted, MinRate);
            _sampleCount = 0;
        }
    }

    /// <returns>The time until the start.</returns>
    private TimeSpan ReserveStart(TimeSpan now)
    {
        if (double.IsInfinity(_base))
        {
            return TimeSpan.Zero;
        }

        TimeSpan start = _nextStart > now - s_slack ? _nextStart : now - s_slack;
        if (start > now)
        {
            // The rate rises only as far as it is used.
            _waited++;
        }

        _nextStart = start + TimeSpan.FromTicks((long)(TimeSpan.TicksPerSecond / CurrentRate));
        return start - now;
    }
}
