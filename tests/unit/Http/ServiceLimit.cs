namespace FileVersions.UnitTests.Http;

/// <summary>A model of a service's rate limit.</summary>
internal abstract class ServiceLimit
{
    /// <summary>Accepts a request, or returns the time until the service would accept one.</summary>
    internal abstract TimeSpan? TryAccept(TimeSpan now);

    /// <summary>The maximum number of requests accepted in a period that begins with the first request.</summary>
    internal abstract double PermittedIn(TimeSpan time);

    /// <summary>A fixed window that begins with its first request.</summary>
    internal sealed class FixedWindow(int count, TimeSpan window) : ServiceLimit
    {
        private TimeSpan? _opened;
        private int _used;

        internal override TimeSpan? TryAccept(TimeSpan now)
        {
            if (_opened is not { } opened || now - opened >= window)
            {
                _opened = opened = now;
                _used = 0;
            }

            return _used++ < count ? null : opened + window - now;
        }

        internal override double PermittedIn(TimeSpan time) => count * (time / window);
    }

    /// <summary>A sliding window of accepted requests.</summary>
    internal sealed class SlidingWindow(int count, TimeSpan window) : ServiceLimit
    {
        private readonly Queue<TimeSpan> _accepted = new();

        internal override TimeSpan? TryAccept(TimeSpan now)
        {
            while (_accepted.TryPeek(out TimeSpan oldest) && oldest <= now - window)
            {
                _accepted.Dequeue();
            }

            if (_accepted.Count == count)
            {
                return _accepted.Peek() + window - now;
            }

            _accepted.Enqueue(now);
            return null;
        }

        internal override double PermittedIn(TimeSpan time) => count * (time / window);
    }

    /// <summary>A token bucket with a constant fill rate that is multiplied after some time.</summary>
    internal sealed class TokenBucket(double perSecond, int size, TimeSpan? risesAt = null, double rise = 1) : ServiceLimit
    {
        private double _tokens = size;
        private TimeSpan _last;

        internal override TimeSpan? TryAccept(TimeSpan now)
        {
            double rate = now > risesAt ? perSecond * rise : perSecond;
            _tokens = Math.Min(size, _tokens + ((now - _last).TotalSeconds * rate));
            _last = now;
            if (_tokens < 0.999_999)
            {
                return TimeSpan.FromSeconds((1 - _tokens) / rate);
            }

            _tokens--;
            return null;
        }

        internal override double PermittedIn(TimeSpan time) =>
            size + (perSecond * (time.TotalSeconds + (risesAt < time ? (rise - 1) * (time - risesAt.Value).TotalSeconds : 0)));
    }

    /// <summary>Refuses random requests regardless of the rate.</summary>
    internal sealed class AtRandom(ServiceLimit limit, int oneIn, TimeSpan delay) : ServiceLimit
    {
        private readonly Random _random = new(1);

        internal override TimeSpan? TryAccept(TimeSpan now) => _random.Next(oneIn) == 0 ? delay : limit.TryAccept(now);

        internal override double PermittedIn(TimeSpan time) => limit.PermittedIn(time);
    }

    /// <summary>Refuses every request for some time.</summary>
    internal sealed class Outage(ServiceLimit limit, TimeSpan from, TimeSpan to) : ServiceLimit
    {
        internal override TimeSpan? TryAccept(TimeSpan now) => now >= from && now < to ? TimeSpan.FromSeconds(1) : limit.TryAccept(now);

        internal override double PermittedIn(TimeSpan time) => limit.PermittedIn(time - (to - from));
    }

    /// <summary>Accepts every request.</summary>
    internal sealed class None : ServiceLimit
    {
        internal override TimeSpan? TryAccept(TimeSpan now) => null;

        internal override double PermittedIn(TimeSpan time) => double.PositiveInfinity;
    }
}
