using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http;
using System.Reflection;
using System.Runtime.InteropServices;

namespace FileVersions.Http;

/// <summary>The connections of this process: one <see cref="HttpClient"/> for equal settings, for the life of the process.</summary>
internal static class HttpClients
{
    private static readonly ConcurrentDictionary<Settings, Lazy<HttpClient>> s_clients = new();

    /// <summary>False on .NET Framework, whose client speaks no HTTP/2 and does not end a body's reading on cancellation.</summary>
    internal static bool IsModernRuntime { get; } =
        !RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <summary>The client for these settings; never to be disposed.</summary>
    internal static HttpClient Get(ConnectionOptions options)
    {
        var settings = new Settings(options.Proxy, options.ProxyCredential?.UserName, options.ProxyCredential?.Password);
        return s_clients.GetOrAdd(settings, key => new Lazy<HttpClient>(() => Create(key))).Value;
    }

    private static HttpClient Create(Settings settings)
    {
        var handler = new HttpClientHandler
        {
            // A credential must not follow a redirect: whoever expects one follows it without.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = 256,
        };
        if (settings.Proxy is not null)
        {
            handler.Proxy = new WebProxy(settings.Proxy)
            {
                Credentials = settings.ProxyUser is null ? null : new NetworkCredential(settings.ProxyUser, settings.ProxyPassword),
            };
        }
        else if (settings.ProxyUser is not null)
        {
            handler.DefaultProxyCredentials = new NetworkCredential(settings.ProxyUser, settings.ProxyPassword);
        }

        var client = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"FileVersions/{typeof(HttpClients).Assembly.GetName().Version!.ToString(3)}");
        return client;
    }

    private sealed record Settings(Uri? Proxy, string? ProxyUser, string? ProxyPassword);
}
