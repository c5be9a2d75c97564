using System.Net;
using FileVersions.Emulator.Http;
using FileVersions.Emulator.Stats;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FileVersions.Emulator;

/// <summary>Both services, running on loopback until it is disposed.</summary>
public sealed class EmulatorHost : IAsyncDisposable
{
    private readonly KestrelServer _server;
    private readonly Emulator _emulator;
    private readonly EmulatorApplication _application;
    private readonly CancellationTokenSource _stopping = new();
    private Ports _ports = new(0, 0, 0);
    private TlsListener? _tls;

    private EmulatorHost(EmulatorSettings settings, int port, int downloadPort, int proxyPort, TextWriter? log)
    {
        _emulator = new Emulator(settings, () => _ports.Download);
        var options = new KestrelServerOptions
        {
            ApplicationServices = new ServiceCollection().BuildServiceProvider(),
            AddServerHeader = false,
        };
        KestrelServerLimits limits = options.Limits;
        limits.MaxRequestLineSize = 128 * 1024;
        limits.MaxRequestBodySize = null;
        limits.MaxRequestHeadersTotalSize = 256 * 1024;
        limits.MaxResponseBufferSize = 1024 * 1024;
        limits.MinResponseDataRate = null;
        limits.MinRequestBodyDataRate = null;
        foreach (int number in (int[])[port, downloadPort, proxyPort])
        {
            options.Listen(IPAddress.Loopback, number, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                Count(listen);
            });
        }

        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        _server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        _application = new EmulatorApplication(_emulator, () => _ports, log, _stopping.Token);
    }

    /// <summary>The base address of both services' APIs: Box below <c>/2.0</c> and <c>/oauth2</c>, ImageKit below <c>/v1</c>.</summary>
    public Uri ApiUri => At(_ports.Api);

    /// <summary>The base address of the download host.</summary>
    public Uri DownloadUri => At(_ports.Download);

    /// <summary>The address of a forward proxy to the other two ports.</summary>
    public Uri ProxyUri => At(_ports.Proxy);

    /// <summary>As <see cref="ApiUri"/>, over TLS; null unless a certificate was requested.</summary>
    public Uri? HttpsUri => _tls?.Uri;

    /// <summary>Starts an emulator.</summary>
    /// <param name="settings">The initial settings, which a reset restores; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static Task<EmulatorHost> StartAsync(EmulatorSettings? settings = null, CancellationToken cancellationToken = default) =>
        StartAsync(settings ?? new EmulatorSettings(), 0, 0, 0, null, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_tls is not null)
        {
            await _tls.DisposeAsync();
        }

        using (var now = new CancellationTokenSource(TimeSpan.FromSeconds(1)))
        {
            await _server.StopAsync(now.Token);
        }

        _server.Dispose();
        _emulator.Dispose();
        _stopping.Dispose();
    }

    internal static async Task<EmulatorHost> StartAsync(EmulatorSettings settings, int port, int downloadPort, int proxyPort, TextWriter? log, CancellationToken cancellationToken)
    {
        var host = new EmulatorHost(settings, port, downloadPort, proxyPort, log);
        await host._server.StartAsync(host._application, cancellationToken);
        int[] bound = [.. host._server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => new Uri(address).Port)];
        host._ports = new Ports(bound[0], bound[1], bound[2]);
        return host;
    }

    internal async Task OpenTlsAsync(string certificatePath) =>
        _tls = await TlsListener.StartAsync(certificatePath, Count, context => _application.ProcessRequestAsync((DefaultHttpContext)context));

    private static Uri At(int port) => new UriBuilder("http", "127.0.0.1", port).Uri;

    private void Count(ListenOptions listen) => listen.Use(next => connection => CountAsync(_emulator.Stats, next, connection));

    private static async Task CountAsync(StatsBook stats, ConnectionDelegate next, ConnectionContext connection)
    {
        stats.ConnectionOpened();
        try
        {
            await next(connection);
        }
        finally
        {
            stats.ConnectionClosed();
        }
    }
}
