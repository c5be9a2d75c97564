using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using FileVersions.Emulator.Stats;

namespace FileVersions.Emulator.Http;

/// <summary>Sends replies after the configured latency.</summary>
internal sealed class ReplyWriter(StatsBook stats, DelayQueue delays, CancellationToken stopping)
{
    private const int Chunk = 64 * 1024;

    private long _jitters;

    /// <summary>Waits for the configured latency.</summary>
    internal Task WaitForLatencyAsync(Call call, double moreMs)
    {
        EmulatorSettings settings = call.Settings;
        double ms = settings.LatencyMs + moreMs;
        if (settings.LatencyJitterMs > 0)
        {
            ulong random = Data.Mix.Scramble((ulong)settings.Seed + (ulong)Interlocked.Increment(ref _jitters));
            ms += settings.LatencyJitterMs * (random >> 11) / (1UL << 53);
        }

        return ms <= 0 ? Task.CompletedTask : WaitAsync(call, call.Exchange.Started, ms);
    }

    /// <summary>Adds the request id header of the service.</summary>
    internal static void AddRequestId(Exchange exchange, Reply reply)
    {
        switch (exchange.Service)
        {
            case Service.Box or Service.Token:
                reply.With("box-request-id", "0" + Ids.Next());
                break;
            case Service.Ik:
                reply.With("x-ik-requestId", Guid.NewGuid().ToString());
                break;
        }
    }

    internal async Task WriteAsync(Call call, Reply reply)
    {
        HttpResponse response = call.Context.Response;
        Exchange exchange = call.Exchange;
        if (call.AcceptsGzip && exchange.Service != Service.Download)
        {
            reply.Compress();
        }

        AddRequestId(exchange, reply);
        exchange.Status = response.StatusCode = reply.Status;
        foreach (KeyValuePair<string, string> header in reply.Headers)
        {
            response.Headers.Append(header.Key, header.Value);
        }

        if (reply.ContentType is { } contentType)
        {
            response.ContentType = contentType;
        }

        if (call.Settings is { ClockSkewSec: not 0, DateHeaderFollowsClock: true })
        {
            response.Headers.Date = call.Now.ToString("r", CultureInfo.InvariantCulture);
        }

        bool bodiless = reply.Status is 204 or 304;
        if (!bodiless)
        {
            response.ContentLength = reply.Body.Length;
        }

        if (call.Settings.BodyDelayMs > 0)
        {
            await response.StartAsync(call.Context.RequestAborted);
            await response.BodyWriter.FlushAsync(call.Context.RequestAborted);
            await WaitAsync(call, Stopwatch.GetTimestamp(), call.Settings.BodyDelayMs);
        }

        if (bodiless || reply.Body.Length == 0 || call.Method == "HEAD")
        {
            stats.End(exchange);
            return;
        }

        await WriteBodyAsync(call, reply.Body);
    }

    /// <summary>
    /// A request ends, for the statistics, just before its last bytes are sent. A client can then send its next request without
    /// both counting as in flight.
    /// </summary>
    private async Task WriteBodyAsync(Call call, Body body)
    {
        PipeWriter writer = call.Context.Response.BodyWriter;
        for (long offset = 0; offset < body.Length;)
        {
            int count = (int)Math.Min(Chunk, body.Length - offset);
            body.Read(offset, writer.GetSpan(count)[..count]);
            writer.Advance(count);
            offset += count;
            call.Exchange.BytesSent += count;
            bool last = offset == body.Length;
            if (last)
            {
                stats.End(call.Exchange);
            }

            FlushResult flushed = await writer.FlushAsync();
            if (flushed.IsCompleted || flushed.IsCanceled)
            {
                if (last)
                {
                    stats.AbortedLate(call.Exchange);
                }

                return;
            }
        }
    }

    private async Task WaitAsync(Call call, long from, double ms)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(call.Context.RequestAborted, stopping);
        await delays.WaitUntilAsync(from + (long)(ms * Stopwatch.Frequency / 1000), either.Token);
    }
}
