using System.IO.Compression;
using System.Text;
using FileVersions.Emulator.Box;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;
using FileVersions.Emulator.ImageKit;
using FileVersions.Emulator.Stats;

namespace FileVersions.Emulator.Faults;

/// <summary>Applies a fault rule to a reply.</summary>
internal sealed class FaultPlayer(StatsBook stats, ReplyWriter writer, Func<string> downloadBase, CancellationToken stopping)
{
    private const int Block = 64 * 1024;

    /// <param name="call">The request.</param>
    /// <param name="fault">The fault rule.</param>
    /// <param name="answer">Carries out the request and returns the correct reply.</param>
    internal async Task PlayAsync(Call call, FaultRule fault, Func<ValueTask<Reply>> answer)
    {
        Reply? correct = fault.Handled || NeedsCorrectReply(fault.Action) ? await answer() : null;
        using Reply? disposable = correct;
        await writer.WaitForLatencyAsync(call, fault.Action == FaultAction.Delay ? fault.DelayMs : 0);
        switch (fault.Action)
        {
            case FaultAction.Delay:
                await writer.WriteAsync(call, correct!);
                return;
            case FaultAction.Hang:
                await HangAsync(call);
                return;
            case FaultAction.CloseBeforeReply:
                await EndAsync(call, fault);
                return;
            case FaultAction.CutRequestAfter:
                await CutRequestAsync(call, fault);
                return;
            case FaultAction.CutBodyAfter or FaultAction.CutReplyAfter or FaultAction.StallBodyAfter:
                await TruncateAsync(call, fault, correct!);
                return;
            case FaultAction.EndlessHeaders:
                await EndlessHeadersAsync(call);
                return;
            case FaultAction.Garbage:
                await GarbageAsync(call, fault);
                return;
            case FaultAction.GzipBomb:
                await GzipBombAsync(call, fault);
                return;
            case FaultAction.EndlessBody:
                await EndlessBodyAsync(call, fault);
                return;
            default:
                using (Reply faulty = FaultyReply(call, fault, correct))
                {
                    await writer.WriteAsync(call, faulty);
                }

                return;
        }
    }

    private static bool NeedsCorrectReply(FaultAction action) => action is FaultAction.Delay or FaultAction.CutBodyAfter or FaultAction.CutReplyAfter
        or FaultAction.StallBodyAfter or FaultAction.WrongContentType or FaultAction.ReplaceBody;

    private Reply FaultyReply(Call call, FaultRule fault, Reply? correct)
    {
        Service service = call.Exchange.Service;
        Reply reply = fault.Action switch
        {
            FaultAction.EmptyBody => new Reply(fault.Status ?? 200, fault.ContentType ?? Reply.Json),
            FaultAction.Html => Reply.Text(fault.Status ?? 200, fault.ContentType ?? Reply.Html, "<!DOCTYPE html><html><head><title>Sorry</title></head><body><h1>Something went wrong</h1></body></html>"),
            FaultAction.RedirectTo => new Reply(fault.Status ?? 302).With("Location", fault.Location.Replace("{download}", downloadBase(), StringComparison.Ordinal)),
            FaultAction.RetryAfter => DefaultError(service, fault.Status ?? 429).With("Retry-After", fault.RetryAfter),
            FaultAction.NestedJson => Reply.Text(200, Reply.Json, Nested(service, fault.Depth)),
            FaultAction.WrongContentType => correct!,
            FaultAction.ReplaceBody => correct!,
            _ => OwnBody(fault) is null ? DefaultError(service, fault.Status ?? 500) : new Reply(fault.Status ?? 500, fault.ContentType ?? Reply.Json),
        };
        if (fault.Action is FaultAction.Status or FaultAction.ReplaceBody && OwnBody(fault) is { } own)
        {
            reply.ReplaceBody(own);
        }

        if (fault.Action is FaultAction.WrongContentType or FaultAction.ReplaceBody)
        {
            reply.Status = fault.Status ?? reply.Status;
            reply.ContentType = fault.ContentType ?? (fault.Action == FaultAction.WrongContentType ? "text/plain" : reply.ContentType);
        }

        foreach ((string name, string value) in fault.Headers)
        {
            reply.With(name, value);
        }

        return reply;
    }

    private static byte[]? OwnBody(FaultRule fault) => fault.BodyBase64 ?? (fault.Body is null ? null : Encoding.UTF8.GetBytes(fault.Body));

    private static Reply DefaultError(Service service, int status) => service == Service.Ik ? IKErrors.OfStatus(status) : BoxErrors.OfStatus(status);

    private static string Nested(Service service, int depth)
    {
        string arrays = new string('[', depth) + new string(']', depth);
        return service == Service.Ik
            ? "[{\"type\":\"file\",\"versionInfo\":{\"id\":\"1\",\"name\":\"Version 1\"},\"deep\":" + arrays + "}]"
            : "{\"total_count\":1,\"limit\":1000,\"offset\":0,\"entries\":[{\"type\":\"file_version\",\"id\":\"1\",\"deep\":" + arrays + "}]}";
    }

    private async Task HangAsync(Call call)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(call.Context.RequestAborted, stopping);
        await Task.Delay(Timeout.Infinite, either.Token);
    }

    private async Task EndAsync(Call call, FaultRule fault)
    {
        stats.End(call.Exchange);
        await new RawConnection(call.Context).EndAsync(fault.Reset);
    }

    /// <summary>Reads a part of the request's body, then ends the connection; over HTTP/2, only the stream.</summary>
    private async Task CutRequestAsync(Call call, FaultRule fault)
    {
        byte[] block = new byte[Block];
        int count = 1;
        for (long left = fault.Bytes; left > 0 && count > 0; left -= count)
        {
            count = await call.Context.Request.Body.ReadAsync(block.AsMemory(0, (int)Math.Min(left, block.Length)), call.Context.RequestAborted);
        }

        stats.End(call.Exchange);
        if (fault.Reset && !HttpProtocol.IsHttp2(call.Context.Request.Protocol))
        {
            await new RawConnection(call.Context).EndAsync(reset: true);
        }
        else
        {
            call.Context.Abort();
        }
    }

    private async Task TruncateAsync(Call call, FaultRule fault, Reply correct)
    {
        if (call.AcceptsGzip && call.Exchange.Service != Service.Download)
        {
            correct.Compress();
        }

        ReplyWriter.AddRequestId(call.Exchange, correct);
        call.Exchange.Status = correct.Status;
        if (HttpProtocol.IsHttp2(call.Context.Request.Protocol))
        {
            await TruncateStreamAsync(call, fault, correct);
            return;
        }

        var connection = new RawConnection(call.Context);
        byte[] head = RawConnection.Head(correct.Status, correct.ContentType, correct.Body.Length, correct.Headers);
        bool inHead = fault.Action == FaultAction.CutReplyAfter && fault.Bytes < head.Length;
        long count = Math.Min(correct.Body.Length, inHead ? 0 : fault.Action == FaultAction.CutReplyAfter ? fault.Bytes - head.Length : fault.Bytes);
        await connection.SendAsync(inHead ? head.AsMemory(0, (int)fault.Bytes) : head);
        await connection.SendAsync(correct.Body, count);
        call.Exchange.BytesSent = count;
        if (fault.Action == FaultAction.StallBodyAfter)
        {
            await HangAsync(call);
        }
        else
        {
            await EndAsync(call, fault);
        }
    }

    /// <summary>Over HTTP/2, requests share a connection, so the fault affects only the stream of its request.</summary>
    private async Task TruncateStreamAsync(Call call, FaultRule fault, Reply correct)
    {
        HttpResponse response = call.Context.Response;
        response.StatusCode = correct.Status;
        response.ContentType = correct.ContentType;
        response.ContentLength = correct.Body.Length;
        foreach (KeyValuePair<string, string> header in correct.Headers)
        {
            response.Headers.Append(header.Key, header.Value);
        }

        byte[] part = new byte[Math.Min(correct.Body.Length, fault.Bytes)];
        correct.Body.Read(0, part);
        await response.Body.WriteAsync(part, call.Context.RequestAborted);
        await response.Body.FlushAsync(call.Context.RequestAborted);
        call.Exchange.BytesSent = part.Length;
        if (fault.Action == FaultAction.StallBodyAfter)
        {
            await HangAsync(call);
        }

        stats.End(call.Exchange);
        call.Context.Abort();
    }

    private static async Task EndlessHeadersAsync(Call call)
    {
        var connection = new RawConnection(call.Context);
        await connection.SendAsync("HTTP/1.1 200 OK\r\n"u8.ToArray());
        string filler = new('x', 1000);
        for (int i = 0; ; i++)
        {
            await connection.SendAsync(Encoding.ASCII.GetBytes($"X-Filler-{i}: {filler}\r\n"));
        }
    }

    private async Task GarbageAsync(Call call, FaultRule fault)
    {
        byte[] bytes = new byte[Math.Max(1, fault.Bytes == 0 ? 512 : fault.Bytes)];
        new Content(Mix.Hash("garbage"), bytes.Length).Read(0, bytes);
        await new RawConnection(call.Context).SendAsync(OwnBody(fault) ?? bytes);
        await EndAsync(call, fault);
    }

    private async Task GzipBombAsync(Call call, FaultRule fault)
    {
        HttpResponse response = Begin(call, Reply.Json);
        response.Headers.ContentEncoding = "gzip";
        byte[] blanks = Blanks(1024 * 1024);
        await using (var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int i = 0; i < fault.SizeMiB; i++)
            {
                call.Context.RequestAborted.ThrowIfCancellationRequested();
                await gzip.WriteAsync(blanks, call.Context.RequestAborted);
            }

            await gzip.WriteAsync(call.Exchange.Service == Service.Ik ? "[]"u8.ToArray() : "{\"total_count\":0,\"entries\":[],\"limit\":1000,\"offset\":0}"u8.ToArray(), call.Context.RequestAborted);
        }

        stats.End(call.Exchange);
    }

    private static async Task EndlessBodyAsync(Call call, FaultRule fault)
    {
        HttpResponse response = Begin(call, fault.ContentType ?? Reply.Json);
        byte[] start = call.Exchange.Service == Service.Ik ? "["u8.ToArray() : "{\"total_count\":1,\"limit\":1000,\"offset\":0,\"entries\":["u8.ToArray();
        await response.Body.WriteAsync(start, call.Context.RequestAborted);
        byte[] unit = OwnBody(fault) ?? Blanks(Block);
        while (true)
        {
            call.Context.RequestAborted.ThrowIfCancellationRequested();
            await response.Body.WriteAsync(unit, call.Context.RequestAborted);
            call.Exchange.BytesSent += unit.Length;
        }
    }

    private static HttpResponse Begin(Call call, string contentType)
    {
        HttpResponse response = call.Context.Response;
        call.Exchange.Status = response.StatusCode = 200;
        response.ContentType = contentType;
        return response;
    }

    private static byte[] Blanks(int count)
    {
        byte[] blanks = new byte[count];
        Array.Fill(blanks, (byte)' ');
        return blanks;
    }
}
