using System.Net;
using System.Runtime.InteropServices;
using System.Security.Authentication;

namespace FileVersions.Http;

/// <summary>The HTTP clients of this process, one for equal settings. A client keeps its connections, so it is replaced from time to time.</summary>
internal static class HttpClients
{
    /// <summary>
    /// Maximum age of a client. Its connections are never checked against DNS again, and .NET Standard 2.0 lacks PooledConnectionLifetime,
    /// so a new client with new connections takes over.
    /// </summary>
    internal static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(15);

    private static readonly Dictionary<string, (HttpClient Client, long Created)> s_clients = new(StringComparer.Ordinal);

    /// <summary>False on .NET Framework, which does not support HTTP/2 and does not cancel reading a body.</summary>
    internal static bool IsModernRuntime { get; } =
        !RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <summary>Returns the client for requests to a service. The caller must not dispose or keep it.</summary>
    internal static HttpClient Get(ProxyRoute route) =>
        Get(route.Key, () => Create(route, DecompressionMethods.GZip | DecompressionMethods.Deflate), SystemClock.Instance);

    /// <summary>Returns the client for contents. They are not decompressed, because a compressed response cannot be resumed.</summary>
    internal static HttpClient GetForContent(ProxyRoute route) =>
        Get("content\n" + route.Key, () => Create(route, DecompressionMethods.None), SystemClock.Instance);

    internal static HttpClient Get(string key, Func<HttpClient> create, IClock clock)
    {
        lock (s_clients)
        {
            // The old client is not disposed, because requests may be in flight. It closes idle connections by itself.
            if (!s_clients.TryGetValue(key, out (HttpClient Client, long Created) entry) || clock.GetElapsedTime(entry.Created) >= MaxAge)
            {
                s_clients[key] = entry = (create(), clock.GetTimestamp());
            }

            return entry.Client;
        }
    }

    /// <summary>Limits the age of connections on .NET Framework, where all clients share the connections to a host.</summary>
    internal static void LimitConnectionAge(Uri address)
    {
        if (!IsModernRuntime)
        {
            ServicePointManager.FindServicePoint(address).ConnectionLeaseTimeout = (int)MaxAge.TotalMilliseconds;
        }
    }

    private static HttpClient Create(ProxyRoute route, DecompressionMethods decompression)
    {
        var handler = new HttpClientHandler
        {
            // A credential must not follow a redirect. RedirectPolicy follows redirects without one.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = decompression,
            MaxConnectionsPerServer = 256,
        };
        if (!IsModernRuntime)
        {
            // Windows PowerShell may offer TLS 1.0 and 1.1 only, which both services refuse.
            handler.SslProtocols = SslProtocols.Tls12;
        }

        if (route.NamesProxy)
        {
            handler.Proxy = route;
        }
        else if (RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
        {
            // Linux has no proxy settings other than the environment variables, and .NET reads those only once per process.
            handler.UseProxy = false;
        }
        else
        {
            handler.DefaultProxyCredentials = route.GivenCredential;
        }

        var client = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"FileVersions/{typeof(HttpClients).Assembly.GetName().Version!.ToString(3)}");
        return client;
    }
}
