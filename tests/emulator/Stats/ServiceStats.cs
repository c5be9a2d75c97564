namespace FileVersions.Emulator.Stats;

/// <summary>The statistics of one service or of all services.</summary>
internal sealed class ServiceStats
{
    private readonly RateMeter _rate = new();

    public long Requests { get; private set; }

    public SortedDictionary<string, long> ByKind { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<int, long> ByStatus { get; } = [];

    public SortedDictionary<string, long> ByProtocol { get; } = new(StringComparer.Ordinal);

    public int InFlight { get; private set; }

    public int PeakInFlight { get; private set; }

    /// <summary>Requests whose client disconnected before the reply was complete.</summary>
    public long Aborted { get; private set; }

    /// <summary>Requests to which a fault rule was applied.</summary>
    public long Faulted { get; private set; }

    /// <summary>The number of body bytes sent, after compression.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Requests that change data.</summary>
    public long Changes { get; private set; }

    /// <summary>Replies with status 429.</summary>
    public long Limited { get; private set; }

    /// <summary>Requests that sent a credential to the download port.</summary>
    public long CredentialLeaks { get; private set; }

    /// <summary>The maximum number of requests within one second.</summary>
    public int MaxPerSecond => _rate.Highest;

    public SortedDictionary<string, long> AsUsers { get; } = new(StringComparer.Ordinal);

    public string? LastUserAgent { get; private set; }

    public string? LastAcceptEncoding { get; private set; }

    internal void Begin(Exchange exchange)
    {
        Requests++;
        InFlight++;
        PeakInFlight = Math.Max(PeakInFlight, InFlight);
        _rate.Count(exchange.Started);
        Increment(ByProtocol, exchange.Protocol);
        LastUserAgent = exchange.UserAgent ?? LastUserAgent;
        LastAcceptEncoding = exchange.AcceptEncoding ?? LastAcceptEncoding;
        if (exchange.IsChange)
        {
            Changes++;
        }
    }

    internal void End(Exchange exchange)
    {
        InFlight--;
        Increment(ByKind, exchange.Kind);
        Increment(ByStatus, exchange.Status);
        Limited += exchange.Status == 429 ? 1 : 0;
        Faulted += exchange.Fault is null ? 0 : 1;
        CredentialLeaks += exchange.Leaked ? 1 : 0;
        BytesSent += exchange.BytesSent;
        Aborted += exchange.Aborted ? 1 : 0;
        if (exchange.AsUser is { } user)
        {
            Increment(AsUsers, user);
        }
    }

    /// <summary>The client disconnected after <see cref="End"/>, while the last bytes were being sent.</summary>
    internal void AbortedLate() => Aborted++;

    private static void Increment<TKey>(SortedDictionary<TKey, long> counts, TKey key)
        where TKey : notnull
    {
        counts.TryGetValue(key, out long count);
        counts[key] = count + 1;
    }
}
