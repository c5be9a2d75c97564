namespace FileVersions.Box.SignIn;

/// <summary>The grant with which an application requests tokens (OAuth 2).</summary>
internal abstract class TokenGrant
{
    /// <summary>Creates the fields of a token request, once for each attempt.</summary>
    internal abstract IEnumerable<KeyValuePair<string, string>> CreateForm();

    /// <summary>Returns what to do about a rejected request, in one sentence.</summary>
    /// <param name="code">OAuth's error code; null if there is none.</param>
    /// <param name="serviceTime">The service's time, from the response; null if unknown.</param>
    internal abstract string Advise(string? code, DateTimeOffset? serviceTime);

    /// <summary>Uses the service's time from now on. Returns whether the request is worth another attempt.</summary>
    internal virtual bool TrySetClock(DateTimeOffset serviceTime) => false;
}
