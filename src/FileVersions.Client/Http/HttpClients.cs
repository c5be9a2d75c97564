using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http;
using System.Runtime.InteropServices;
using System.Security.Authentication;

namespace FileVersions.Http;

/// <summary>The connections of this process: one <see cref="HttpClient"/> for equal settings, for the life of the process.</summary>
internal static class HttpClients
{
    private static readonly ConcurrentDictionary<string, Lazy<HttpClient>> s_clients = new();

    private static readonly Func<HttpRequestException, HttpStatusCode?>? s_status =
        (Func<HttpRequestException, HttpStatusCode?>?)typeof(HttpRequestException).GetProperty("StatusCode")?.GetMethod?
            .CreateDelegate(typeof(Func<HttpRequestException, HttpStatusCode?>));

    /// <summary>False on .NET Framework, whose client speaks no HTTP/2 and does not end a body's reading on cancellation.</summary>
    internal static bool IsModernRuntime { get; } =
        !RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <summary>The client for these settings; never to be disposed.</summary>
    internal static HttpClient Get(ProxyRoute route) =>
        s_clients.GetOrAdd(route.Key, _ => new Lazy<HttpClient>(() => Create(route, DecompressionMethods.GZip | DecompressionMethods.Deflate))).Value;

    /// <summary>The client for contents, which come as they are: what is packed on the way cannot be had in parts.</summary>
    internal static HttpClient GetForContent(ProxyRoute route) =>
        s_clients.GetOrAdd("content\n" + route.Key, _ => new Lazy<HttpClient>(() => Create(route, DecompressionMethods.None))).Value;

    /// <summary>The status with which a proxy refused a tunnel, where the runtime tells it; .NET Framework does not.</summary>
    internal static HttpStatusCode? StatusOf(HttpRequestException failure) => s_status?.Invoke(failure);

    /// <summary>Whether a failure is one of form: what came is no HTTP, or headers without end.</summary>
    internal static bool IsNoHttp(Exception failure)
    {
        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            // .NET tells it by a property that .NET Standard does not know, .NET Framework by a status.
            string? reason = e is WebException old ? old.Status.ToString() : e.GetType().GetProperty("HttpRequestError")?.GetValue(e)?.ToString();
            if (reason is "InvalidResponse" or "ConfigurationLimitExceeded"
                or nameof(WebExceptionStatus.ServerProtocolViolation) or nameof(WebExceptionStatus.MessageLengthLimitExceeded))
            {
                return true;
            }
        }

        return false;
    }

    private static HttpClient Create(ProxyRoute route, DecompressionMethods decompression)
    {
        var handler = new HttpClientHandler
        {
            // A credential must not follow a redirect: whoever expects one follows it without.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = decompression,
            MaxConnectionsPerServer = 256,
        };
        if (!IsModernRuntime)
        {
            // Windows PowerShell may offer what came before TLS 1.2, which both services refuse.
            handler.SslProtocols = SslProtocols.Tls12;
        }

        if (route.NamesProxy)
        {
            handler.Proxy = route;
        }
        else if (RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
        {
            // There is no other proxy than the variables', which .NET would answer from what they were at its first look.
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
