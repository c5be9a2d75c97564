using FileVersions.Emulator.Control;
using FileVersions.Emulator.Faults;
using FileVersions.Emulator.Http;
using FileVersions.Emulator.Stats;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;

namespace FileVersions.Emulator;

/// <summary>Receives every request from the server, passes it to its service, and sends the reply.</summary>
internal sealed class EmulatorApplication : IHttpApplication<DefaultHttpContext>
{
    private readonly Emulator _emulator;
    private readonly Func<Ports> _ports;
    private readonly TextWriter? _log;
    private readonly CancellationToken _stopping;
    private readonly ReplyWriter _writer;
    private readonly FaultPlayer _faults;
    private readonly ControlService _control;

    internal EmulatorApplication(Emulator emulator, Func<Ports> ports, TextWriter? log, CancellationToken stopping)
    {
        _emulator = emulator;
        _ports = ports;
        _log = log;
        _stopping = stopping;
        _writer = new ReplyWriter(emulator.Stats, emulator.Delays, stopping);
        _faults = new FaultPlayer(emulator.Stats, _writer, () => $"http://{emulator.Settings.RedirectHost}:{ports().Download}", stopping);
        _control = new ControlService(emulator);
    }

    public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        if (contextFeatures is IHostContextContainer<DefaultHttpContext> container)
        {
            DefaultHttpContext context = container.HostContext ??= new DefaultHttpContext();
            context.Initialize(contextFeatures);
            return context;
        }

        return new DefaultHttpContext(contextFeatures);
    }

    public void DisposeContext(DefaultHttpContext context, Exception? exception) => context.Uninitialize();

    public async Task ProcessRequestAsync(DefaultHttpContext context)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        int port = context.Connection.LocalPort;
        bool proxied = port == _ports().Proxy;
        if (proxied)
        {
            int status = ForwardProxy.Resolve(context.Request, target, _ports(), _emulator.Settings.ProxyAuth, out port, out target);
            if (status != 200)
            {
                _emulator.Stats.ProxyRefused();
                context.Response.StatusCode = status;
                context.Response.Headers.ProxyAuthenticate = status == 407 ? "Basic realm=\"emulator\"" : default;
                return;
            }
        }

        bool isDownload = port == _ports().Download;
        if (!isDownload && target.StartsWith("/_emulator/", StringComparison.Ordinal))
        {
            await _control.HandleAsync(context, target);
            return;
        }

        await ServeAsync(context, new Exchange(ServiceOf(target, isDownload), context.Request.Method, target)
        {
            UserAgent = context.Request.Headers.UserAgent,
            AcceptEncoding = context.Request.Headers.AcceptEncoding,
            Protocol = context.Request.Protocol,
            Proxied = proxied,
        });
    }

    private static Service ServiceOf(string target, bool isDownload)
    {
        if (isDownload)
        {
            return Service.Download;
        }

        return target.StartsWith("/oauth2/", StringComparison.Ordinal) ? Service.Token
            : target.StartsWith("/v1/", StringComparison.Ordinal) || target.StartsWith("/api/v1/", StringComparison.Ordinal) ? Service.Ik
            : Service.Box;
    }

    private async Task ServeAsync(HttpContext context, Exchange exchange)
    {
        _emulator.Stats.Begin(exchange);
        try
        {
            var call = new Call(context, exchange, _emulator.Settings);
            if (_emulator.Faults.Pick(exchange) is { } fault)
            {
                exchange.Fault = fault.Action.ToString();
                await _faults.PlayAsync(call, fault, () => AnswerAsync(call));
            }
            else
            {
                using Reply reply = await AnswerAsync(call);
                await _writer.WaitForLatencyAsync(call, 0);
                await _writer.WriteAsync(call, reply);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && (context.RequestAborted.IsCancellationRequested || _stopping.IsCancellationRequested))
        {
            // The client has disconnected, or the emulator is stopping. The statistics show which.
        }
        finally
        {
            exchange.Aborted |= exchange.Ended == 0;
            _emulator.Stats.End(exchange);
            _log?.WriteLine($"{exchange.Method} {exchange.Target} {exchange.Status}{(exchange.Aborted ? " aborted" : "")}");
        }
    }

    private async ValueTask<Reply> AnswerAsync(Call call) => call.Exchange.Service switch
    {
        Service.Box => await _emulator.Box.HandleAsync(call),
        Service.Token => await _emulator.TokenService.HandleAsync(call),
        Service.Ik => await _emulator.ImageKit.HandleAsync(call),
        _ => _emulator.Downloads.Handle(call),
    };
}
