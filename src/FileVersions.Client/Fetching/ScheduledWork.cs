namespace FileVersions.Fetching;

/// <summary>The work on one file, as the <see cref="RequestScheduler"/> sees it.</summary>
internal abstract class ScheduledWork
{
    /// <summary>The state of the work. Only the scheduler changes it.</summary>
    internal WorkState State { get; set; }

    /// <summary>The position in the input. A smaller number has priority.</summary>
    internal abstract long Order { get; }

    /// <summary>Does the work. Runs once, on the thread pool.</summary>
    internal abstract Task RunAsync();

    /// <summary>Reserves room for the result of a request.</summary>
    /// <returns>False if the request has to wait until output has been taken.</returns>
    internal abstract bool TryReserveRoom();

    /// <summary>Returns the room of a request that had no result.</summary>
    internal abstract void ReleaseRoom();
}
