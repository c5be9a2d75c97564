namespace FileVersions.Fetching;

/// <summary>The life of a <see cref="ScheduledWork"/>.</summary>
internal enum WorkState
{
    /// <summary>Waiting for a request slot.</summary>
    Waiting,

    /// <summary>Started with a reserved slot, which its first request uses.</summary>
    Starting,

    /// <summary>Its first request has started.</summary>
    Running,

    /// <summary>Complete.</summary>
    Finished,
}
