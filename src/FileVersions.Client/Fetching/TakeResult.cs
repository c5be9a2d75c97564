namespace FileVersions.Fetching;

/// <summary>The result of a wait for the next output.</summary>
public enum TakeResult
{
    /// <summary>An output was taken.</summary>
    Taken,

    /// <summary>The timeout elapsed; work is still in progress.</summary>
    TimedOut,

    /// <summary>All work is complete and all output was taken.</summary>
    Empty,
}
