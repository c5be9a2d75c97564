using System.Diagnostics;

namespace FileVersions.Http;

#pragma warning disable RS0030 // This class is the one place that uses the real clock.

/// <summary>The clock of this computer.</summary>
internal sealed class SystemClock : IClock
{
    private static readonly Random s_random = new();

    internal static SystemClock Instance { get; } = new();

    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    public long GetTimestamp() => Stopwatch.GetTimestamp();

    public TimeSpan GetElapsedTime(long startingTimestamp) =>
        TimeSpan.FromTicks((long)((Stopwatch.GetTimestamp() - startingTimestamp) * ((double)TimeSpan.TicksPerSecond / Stopwatch.Frequency)));

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, cancellationToken);

    public void CancelAfter(CancellationTokenSource source, TimeSpan delay) => source.CancelAfter(delay);

    /// <summary>A random number from 0 to less than 1, for jitter.</summary>
    internal static double NextRandom()
    {
        lock (s_random)
        {
            return s_random.NextDouble();
        }
    }
}
