using System;
using System.Net;

namespace FileVersions.Http;

/// <summary>How an account's requests travel.</summary>
public sealed class ConnectionOptions
{
    /// <summary>The longest that one try may take, reply's body included. Default: 100 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How many times a request that failed for a passing reason is sent again. Default: 5; 0 sends each request once.</summary>
    public int MaximumRetryCount { get; set; } = 5;

    /// <summary>The proxy; null for what the environment says.</summary>
    public Uri? Proxy { get; set; }

    /// <summary>The sign-in at the proxy; null for none.</summary>
    public NetworkCredential? ProxyCredential { get; set; }
}
