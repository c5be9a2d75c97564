using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Emulator.Control;
using FileVersions.Emulator.Http;
using FileVersions.Emulator.Stats;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FileVersions.Emulator;

/// <summary>Takes every request from the server, finds its service, and sends the reply.</summary>
internal sealed class EmulatorApplication(Emulator emulator, Func<Ports> ports, TextWriter? log, CancellationToken stopping) : IHttpApplication<DefaultHttpContext>
{
    private readonly ReplyWriter _writer = new(emulator.Stats, emulator.Delays, stopping);
    private readonly ControlService _control = new(emulator);

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
        bool isDownload = context.Connection.LocalPort == ports().Download;
        if (!isDownload && target.StartsWith("/_emulator/", StringComparison.Ordinal))
        {
            await _control.HandleAsync(context, target);
            return;
        }

        var exchange = new Exchange(ServiceOf(target, isDownload), context.Request.Method, target)
        {
            UserAgent = context.Request.Headers.UserAgent,
            AcceptEncoding = context.Request.Headers.AcceptEncoding,
        };
        emulator.Stats.Begin(exchange);
        try
        {
            var call = new Call(context, exchange, emulator.Settings);
            using Reply reply = await AnswerAsync(call);
            await _writer.UntilDueAsync(call, 0);
            await _writer.WriteAsync(call, reply);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && (context.RequestAborted.IsCancellationRequested || stopping.IsCancellationRequested))
        {
            exchange.Aborted = true;
        }
        finally
        {
            exchange.Aborted |= exchange.Ended == 0;
            emulator.Stats.End(exchange);
            log?.WriteLine($"{exchange.Method} {exchange.Target} {exchange.Status}{(exchange.Aborted ? " aborted" : "")}");
        }
    }

    private static Service ServiceOf(string target, bool isDownload)
    {
        if (isDownload)
        {
            return Service.Download;
        }

        return target.StartsWith("/oauth2/", StringComparison.Ordinal) ? Service.Token
            : target.StartsWith("/v1/", StringComparison.Ordinal) ? Service.Ik
            : Service.Box;
    }

    private async ValueTask<Reply> AnswerAsync(Call call) => call.Exchange.Service switch
    {
        Service.Box => (await emulator.Box.HandleAsync(call)).With("box-request-id", "0" + Ids.Next()),
        Service.Ik => emulator.ImageKit.Handle(call),
        _ => new Reply(404),
    };
}
