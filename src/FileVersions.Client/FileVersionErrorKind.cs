namespace FileVersions;

/// <summary>What went wrong. The names are the error ids that PowerShell users see.</summary>
public enum FileVersionErrorKind
{
    /// <summary>There is no account: nothing was connected and no environment variable holds a credential.</summary>
    NotConnected,

    /// <summary>The service does not accept the credential: 401 even with a fresh token, or ImageKit's 403.</summary>
    AuthenticationFailed,

    /// <summary>The account may not do this (Box 403).</summary>
    AccessDenied,

    /// <summary>No such file or version, or the account cannot see it (404).</summary>
    FileVersionNotFound,

    /// <summary>
    /// The service refuses the request (another 4xx), or what was given cannot be right: an id, a base address, a proxy or a config
    /// file.
    /// </summary>
    InvalidRequest,

    /// <summary>A different file exists at the target of a save.</summary>
    TargetExists,

    /// <summary>A local file cannot be read.</summary>
    FileNotReadable,

    /// <summary>A local file cannot be written.</summary>
    FileNotWritable,

    /// <summary>Too many requests, after all retries (429).</summary>
    RateLimited,

    /// <summary>The service fails, after all retries (5xx).</summary>
    ServiceUnavailable,

    /// <summary>No answer came in time, after all retries.</summary>
    RequestTimedOut,

    /// <summary>No connection, or a cut one, after all retries.</summary>
    ConnectionFailed,

    /// <summary>The reply is not what the service promises.</summary>
    InvalidResponse,

    /// <summary>More versions exist than the service lets anyone list.</summary>
    ResultTruncated,

    /// <summary>The dates of a file's versions do not determine which one was in force at a given time.</summary>
    AmbiguousHistory,

    /// <summary>The versions of a file are not contiguous in the input.</summary>
    FileNotTogether,

    /// <summary>A retention policy has no rule.</summary>
    NoKeepRule,
}
