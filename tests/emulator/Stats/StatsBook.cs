using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FileVersions.Emulator.Stats;

/// <summary>Counts every request from the receipt of its headers to the end of its reply, and keeps the most recent ones.</summary>
internal sealed class StatsBook
{
    private const int MaxLast = 10_000;
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private readonly Lock _gate = new();
    private readonly HashSet<Exchange> _open = [];
    private Dictionary<Service, ServiceStats> _services = NewServices();
    private ServiceStats _total = new();
    private Queue<Exchange> _last = new();
    private long _epoch = Stopwatch.GetTimestamp();
    private long _connectionsOpen;
    private long _connectionsAccepted;
    private long _proxied;
    private long _proxyRefused;

    internal UploadStats Uploads { get; } = new();

    internal void Begin(Exchange exchange)
    {
        lock (_gate)
        {
            _open.Add(exchange);
            _services[exchange.Service].Begin(exchange);
            _total.Begin(exchange);
            _proxied += exchange.Proxied ? 1 : 0;
        }
    }

    /// <summary>Records the end of a request. A second call has no effect.</summary>
    internal void End(Exchange exchange)
    {
        lock (_gate)
        {
            if (exchange.Ended != 0)
            {
                return;
            }

            exchange.Ended = Stopwatch.GetTimestamp();
            if (!_open.Remove(exchange))
            {
                return;
            }

            _services[exchange.Service].End(exchange);
            _total.End(exchange);
            if (_last.Count == MaxLast)
            {
                _last.Dequeue();
            }

            _last.Enqueue(exchange);
        }
    }

    internal void AbortedLate(Exchange exchange)
    {
        lock (_gate)
        {
            exchange.Aborted = true;
            _services[exchange.Service].AbortedLate();
            _total.AbortedLate();
        }
    }

    internal void ConnectionOpened()
    {
        Interlocked.Increment(ref _connectionsOpen);
        Interlocked.Increment(ref _connectionsAccepted);
    }

    internal void ConnectionClosed() => Interlocked.Decrement(ref _connectionsOpen);

    internal void ProxyRefused() => Interlocked.Increment(ref _proxyRefused);

    /// <summary>Resets all counts. Open requests are no longer counted.</summary>
    internal void Reset()
    {
        lock (_gate)
        {
            _open.Clear();
            _services = NewServices();
            _total = new ServiceStats();
            _last = new Queue<Exchange>();
            _epoch = Stopwatch.GetTimestamp();
            _connectionsAccepted = Interlocked.Read(ref _connectionsOpen);
            _proxied = 0;
            _proxyRefused = 0;
        }

        Uploads.Reset();
    }

    internal JsonObject ToJson()
    {
        lock (_gate)
        {
            return new JsonObject
            {
                ["total"] = JsonSerializer.SerializeToNode(_total, s_json),
                ["box"] = JsonSerializer.SerializeToNode(_services[Service.Box], s_json),
                ["ik"] = JsonSerializer.SerializeToNode(_services[Service.Ik], s_json),
                ["token"] = JsonSerializer.SerializeToNode(_services[Service.Token], s_json),
                ["download"] = JsonSerializer.SerializeToNode(_services[Service.Download], s_json),
                ["uploads"] = Uploads.ToJson(),
                ["connections"] = new JsonObject
                {
                    ["open"] = Interlocked.Read(ref _connectionsOpen),
                    ["accepted"] = Interlocked.Read(ref _connectionsAccepted),
                },
                ["proxy"] = new JsonObject { ["requests"] = _proxied, ["refused"] = Interlocked.Read(ref _proxyRefused) },
            };
        }
    }

    /// <summary>The most recently finished requests, oldest first.</summary>
    internal JsonArray Last(int count)
    {
        lock (_gate)
        {
            return new JsonArray([.. _last.TakeLast(count).Select(Describe)]);
        }
    }

    private JsonNode Describe(Exchange e) => new JsonObject
    {
        ["service"] = e.Service.ToString().ToLowerInvariant(),
        ["kind"] = e.Kind,
        ["method"] = e.Method,
        ["target"] = e.Target,
        ["account"] = e.Account,
        ["asUser"] = e.AsUser,
        ["status"] = e.Status,
        ["fault"] = e.Fault,
        ["aborted"] = e.Aborted,
        ["proxied"] = e.Proxied,
        ["bytes"] = e.BytesSent,
        ["startMs"] = Milliseconds(e.Started),
        ["endMs"] = Milliseconds(e.Ended),
    };

    private double Milliseconds(long timestamp) => double.Round((timestamp - _epoch) * 1000.0 / Stopwatch.Frequency, 3);

    private static Dictionary<Service, ServiceStats> NewServices() => new()
    {
        [Service.Box] = new ServiceStats(),
        [Service.Ik] = new ServiceStats(),
        [Service.Token] = new ServiceStats(),
        [Service.Download] = new ServiceStats(),
    };
}
