using System;
using System.Collections.Generic;
using FileVersions.Emulator.Stats;

namespace FileVersions.Emulator.Faults;

/// <summary>What goes wrong.</summary>
internal enum FaultAction
{
    /// <summary>A reply with <see cref="FaultRule.Status"/>; without a body of its own it has the service's usual one.</summary>
    Status,

    /// <summary>A reply without a body.</summary>
    EmptyBody,

    /// <summary>A reply that is a web page.</summary>
    Html,

    /// <summary>The right reply, <see cref="FaultRule.DelayMs"/> later.</summary>
    Delay,

    /// <summary>No reply, ever.</summary>
    Hang,

    /// <summary>The connection ends in place of the reply.</summary>
    CloseBeforeReply,

    /// <summary>The connection ends after <see cref="FaultRule.Bytes"/> of the request's body, which is not carried out.</summary>
    CutRequestAfter,

    /// <summary>The right reply, but the connection ends after <see cref="FaultRule.Bytes"/> of the body.</summary>
    CutBodyAfter,

    /// <summary>The right reply, but the connection ends after <see cref="FaultRule.Bytes"/> of the whole message.</summary>
    CutReplyAfter,

    /// <summary>The right reply, but after <see cref="FaultRule.Bytes"/> of the body nothing more comes.</summary>
    StallBodyAfter,

    /// <summary>302 to <see cref="FaultRule.Location"/>.</summary>
    RedirectTo,

    /// <summary><see cref="FaultRule.SizeMiB"/> of blanks and an empty list, compressed.</summary>
    GzipBomb,

    /// <summary>Header lines without end.</summary>
    EndlessHeaders,

    /// <summary>A list that begins and never ends.</summary>
    EndlessBody,

    /// <summary>The right reply under another content type.</summary>
    WrongContentType,

    /// <summary>The right reply with another body.</summary>
    ReplaceBody,

    /// <summary>A version with arrays nested <see cref="FaultRule.Depth"/> deep.</summary>
    NestedJson,

    /// <summary>429 with <see cref="FaultRule.RetryAfter"/>, unchanged.</summary>
    RetryAfter,

    /// <summary>Bytes that are no HTTP.</summary>
    Garbage,
}

/// <summary>Which requests a fault befalls, and what it is. A condition that is not named holds for all.</summary>
internal sealed record FaultRule
{
    public Service? Service { get; init; }

    public string? Method { get; init; }

    public string? PathContains { get; init; }

    public string? FileId { get; init; }

    /// <summary>So many matching requests go by first.</summary>
    public int AfterRequests { get; init; }

    /// <summary>Then every so-manieth is hit; 1 is each.</summary>
    public int Every { get; init; } = 1;

    /// <summary>The chance of each, from 0 to 1; decided by <see cref="Seed"/>.</summary>
    public double? Probability { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>How often the fault happens at most.</summary>
    public int? Times { get; init; }

    public required FaultAction Action { get; init; }

    /// <summary>Whether the request is carried out all the same, so that only its reply goes wrong.</summary>
    public bool Handled { get; init; }

    public int? Status { get; init; }

    public Dictionary<string, string> Headers { get; init; } = [];

    public string? Body { get; init; }

    public byte[]? BodyBase64 { get; init; }

    public string? ContentType { get; init; }

    public double DelayMs { get; init; }

    public long Bytes { get; init; }

    public string Location { get; init; } = "{download}/elsewhere";

    public int SizeMiB { get; init; } = 1024;

    public int Depth { get; init; } = 10_000;

    public string RetryAfter { get; init; } = "1";

    /// <summary>Whether a connection ends by a reset, not in an orderly way.</summary>
    public bool Reset { get; init; }

    internal bool Matches(Exchange exchange) =>
        (Service is null || Service == exchange.Service)
        && (Method is null || Method.Equals(exchange.Method, StringComparison.OrdinalIgnoreCase))
        && (PathContains is null || exchange.Target.Contains(PathContains, StringComparison.Ordinal))
        && (FileId is null || FileId == exchange.FileId);
}
