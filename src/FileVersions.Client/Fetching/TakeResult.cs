namespace FileVersions.Fetching;

/// <summary>How a wait for the next event ended.</summary>
public enum TakeResult
{
    /// <summary>An event was taken.</summary>
    Taken,

    /// <summary>None came in time; there is still work.</summary>
    TimedOut,

    /// <summary>There is no work left.</summary>
    Empty,
}
