namespace FileVersions;

/// <summary>Kinds of errors. The names are the error ids that users see.</summary>
public enum FileVersionErrorKind
{
    /// <summary>There is no account: none was given, and no environment variable has a credential.</summary>
    NotConnected,

    /// <summary>The settings of the account are invalid: an address, a credential, a proxy or a configuration file.</summary>
    InvalidConfiguration,

    /// <summary>The service rejects the credential, even a fresh token (401; for ImageKit also 403).</summary>
    AuthenticationFailed,

    /// <summary>The account lacks a permission (Box 403).</summary>
    AccessDenied,

    /// <summary>The file or version does not exist, or the account cannot see it (404).</summary>
    FileVersionNotFound,

    /// <summary>The id or another value is invalid, or the service rejects the request (other 4xx).</summary>
    InvalidRequest,

    /// <summary>The file has changed in the meantime (409, 412).</summary>
    Conflict,

    /// <summary>A different file exists at the target of a save.</summary>
    TargetExists,

    /// <summary>A local file cannot be read.</summary>
    FileNotReadable,

    /// <summary>A local file cannot be written.</summary>
    FileNotWritable,

    /// <summary>Too many requests, after all retries (429).</summary>
    RateLimited,

    /// <summary>The service failed, after all retries (5xx).</summary>
    ServiceUnavailable,

    /// <summary>There was no complete response in time, after all retries.</summary>
    RequestTimedOut,

    /// <summary>The connection was refused, lost or cut, after all retries.</summary>
    ConnectionFailed,

    /// <summary>The response violates the contract of the service.</summary>
    InvalidResponse,

    /// <summary>More versions exist than the service can list.</summary>
    ResultTruncated,

    /// <summary>The dates of a file's versions do not determine which one was in force at a given time.</summary>
    AmbiguousHistory,

    /// <summary>The versions of a file are not contiguous in the input.</summary>
    FileNotTogether,

    /// <summary>A retention policy has no rule.</summary>
    NoKeepRule,
}
