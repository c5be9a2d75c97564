using System;
using System.Collections.Generic;

namespace FileVersions.Emulator.Stats;

/// <summary>What one service (or all together) has seen.</summary>
internal sealed class ServiceStats
{
    private readonly RateMeter _rate = new();

    public long Requests { get; private set; }

    public SortedDictionary<string, long> ByKind { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<int, long> ByStatus { get; } = [];

    public SortedDictionary<string, long> ByProtocol { get; } = new(StringComparer.Ordinal);

    public int InFlight { get; private set; }

    public int PeakInFlight { get; private set; }

    /// <summary>Requests whose client hung up before the reply was complete.</summary>
    public long Aborted { get; private set; }

    /// <summary>Requests that a fault rule spoiled.</summary>
    public long Faulted { get; private set; }

    /// <summary>Bytes of bodies, as they went over the wire.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Requests that ask for a change.</summary>
    public long Changes { get; private set; }

    /// <summary>Replies with status 429.</summary>
    public long Limited { get; private set; }

    /// <summary>Requests that carried a credential to where none belongs.</summary>
    public long CredentialLeaks { get; private set; }

    /// <summary>The most requests that came within one second.</summary>
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

    /// <summary>The client hung up after <see cref="End"/>, while the last bytes were on their way.</summary>
    internal void AbortedLate() => Aborted++;

    private static void Increment<TKey>(SortedDictionary<TKey, long> counts, TKey key)
        where TKey : notnull
    {
        counts.TryGetValue(key, out long count);
        counts[key] = count + 1;
    }
}
