using System;

namespace FileVersions.Http;

/// <summary>How long to wait before the next try of one request, and when to give up.</summary>
internal sealed class RetryPlan
{
    private static readonly TimeSpan s_firstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestBackOff = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestTotal = TimeSpan.FromMinutes(10);
    private static readonly Random s_random = new();

    private readonly int _maximumRetryCount;
    private TimeSpan _waited;

    internal RetryPlan(int maximumRetryCount) => _maximumRetryCount = maximumRetryCount;

    /// <summary>How many times the request has been repeated.</summary>
    internal int Count { get; private set; }

    /// <summary>The wait before the next try; null when it is time to give up.</summary>
    /// <param name="serverWait">What the service asks for, which goes before the back-off; null when it did not say.</param>
    internal TimeSpan? Next(TimeSpan? serverWait)
    {
        if (Count >= _maximumRetryCount)
        {
            return null;
        }

        TimeSpan wait = serverWait ?? BackOff(Count);
        if (_waited + wait > s_longestTotal)
        {
            return null;
        }

        Count++;
        _waited += wait;
        return wait;
    }

    // Full jitter: anything up to the doubled step, so that many workers do not come back at once.
    private static TimeSpan BackOff(int count)
    {
        double step = Math.Min(s_firstWait.TotalMilliseconds * Math.Pow(2, count), s_longestBackOff.TotalMilliseconds);
        lock (s_random)
        {
            return TimeSpan.FromMilliseconds(s_random.NextDouble() * step);
        }
    }
}
