using System;
using System.Globalization;

namespace FileVersions.Http;

/// <summary>How long to wait before the next try of one request, and when to give up.</summary>
internal sealed class RetryPlan
{
    /// <summary>The most that one request waits, over all its tries. A service that asks for more is not waited for.</summary>
    internal static readonly TimeSpan LongestTotal = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan s_firstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestBackOff = TimeSpan.FromSeconds(30);

    // What a wait costs at least, so that waits of no length come to an end too.
    private static readonly TimeSpan s_leastCost = TimeSpan.FromMilliseconds(100);
    private static readonly Random s_random = new();

    private readonly int _maximumRetryCount;
    private TimeSpan _waited;

    internal RetryPlan(int maximumRetryCount) => _maximumRetryCount = maximumRetryCount;

    /// <summary>How many times the request has been repeated, those repeats left out that were not its own fault.</summary>
    internal int Count { get; private set; }

    /// <summary>The wait that the service asks for, else the back-off for this many repeats.</summary>
    internal TimeSpan WaitFor(TimeSpan? serverWait) => serverWait ?? BackOff(Count);

    /// <summary>Whether a wait is within what a request may wait at all.</summary>
    internal static bool IsBearable(TimeSpan wait) => wait <= LongestTotal;

    /// <summary>Counts a repeat.</summary>
    /// <param name="wait">The wait before it.</param>
    /// <param name="isFree">True when it costs time only: the request was refused because of others.</param>
    /// <returns>False when it is time to give up.</returns>
    internal bool TryAgain(TimeSpan wait, bool isFree = false)
    {
        if ((!isFree && Count >= _maximumRetryCount) || wait > LongestTotal - _waited)
        {
            return false;
        }

        Count += isFree ? 0 : 1;
        _waited += wait > s_leastCost ? wait : s_leastCost;
        return true;
    }

    /// <summary>Tells of the wait before a repeat that was just counted.</summary>
    internal string Describe(TimeSpan wait, FileVersionException failure) =>
        string.Format(CultureInfo.CurrentCulture, Texts.Waiting, wait.TotalSeconds, Count + 1, _maximumRetryCount + 1, failure.Message);

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
