using System.Net;

namespace FileVersions.Http;

/// <summary>How the requests of an account are sent.</summary>
public sealed class ConnectionOptions
{
    // The longest delay that timers of .NET Standard accept.
    private static readonly TimeSpan s_maxTimeout = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>Maximum time for one attempt, including the body of the response; more than zero, at most 24 days. The default is 100 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Maximum number of retries after a transient failure, at least 0. Does not count the initial request. The default is 5.</summary>
    public int MaximumRetryCount { get; set; } = 5;

    /// <summary>The proxy; null to use the proxy that the environment variables or the system settings name.</summary>
    public Uri? Proxy { get; set; }

    /// <summary>The credential for the proxy; null for none.</summary>
    public NetworkCredential? ProxyCredential { get; set; }

    internal IClock Clock { get; set; } = SystemClock.Instance;

    /// <summary>Returns random numbers from 0 to less than 1.</summary>
    internal Func<double> Jitter { get; set; } = SystemClock.NextRandom;

    /// <summary>Replaces the network in tests; null to use the network.</summary>
    internal HttpClient? TestClient { get; set; }

    /// <summary>Returns a copy, so that later changes to the options do not affect a connection.</summary>
    /// <exception cref="FileVersionException">A value is out of range.</exception>
    internal ConnectionOptions Copy()
    {
        if (Timeout <= TimeSpan.Zero || Timeout > s_maxTimeout)
        {
            throw Invalid(Texts.HttpTimeoutInvalid, Timeout);
        }

        return MaximumRetryCount >= 0 ? (ConnectionOptions)MemberwiseClone() : throw Invalid(Texts.HttpRetryCountInvalid, MaximumRetryCount);
    }

    private static FileVersionException Invalid(string text, object value) =>
        new(FileVersionErrorKind.InvalidConfiguration, text.FormatWith(value));
}
