namespace FileVersions.Http;

/// <summary>The time, as a seam for tests. The members are named as in <c>System.TimeProvider</c>, which .NET Standard 2.0 lacks.</summary>
internal interface IClock
{
    /// <summary>The current date and time in UTC. It can jump, because the user or the network can set it.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>A timestamp for <see cref="GetElapsedTime"/>. It never runs backwards.</summary>
    long GetTimestamp();

    /// <summary>The time that has passed since a timestamp.</summary>
    TimeSpan GetElapsedTime(long startingTimestamp);

    /// <summary>Completes after a delay.</summary>
    Task Delay(TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Cancels a source after a delay. A second call replaces the delay of the first.</summary>
    void CancelAfter(CancellationTokenSource source, TimeSpan delay);
}
