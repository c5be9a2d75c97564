namespace FileVersions.Http.Pipeline;

/// <summary>Whether a request is worth another attempt.</summary>
internal enum RetryDecision
{
    /// <summary>Another attempt would have the same outcome.</summary>
    None,

    /// <summary>After a delay, as long as the retry budget lasts.</summary>
    AfterDelay,

    /// <summary>After a delay. The service is not ready yet, so the attempt is not counted; only the total delay is limited.</summary>
    WhenReady,

    /// <summary>At once, because this attempt failed for a reason that has been removed, such as an expired token.</summary>
    AtOnce,
}
