namespace FileVersions.Keeping;

/// <summary>What a service's creation dates say about the time in which a version was in force.</summary>
public enum CreatedAtMeaning
{
    /// <summary>A version came into force at its date. Restoring an old version creates a new one.</summary>
    Start,

    /// <summary>
    /// The service does not say. If the current version is older than every past one, the dates of past versions are the ends of their time in force;
    /// otherwise dates are starts, and an older version may have been restored since.
    /// </summary>
    StartOrEnd,
}
