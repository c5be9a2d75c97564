using FileVersions.Emulator.Stats;

namespace FileVersions.Emulator.Faults;

/// <summary>The kind of fault.</summary>
internal enum FaultAction
{
    /// <summary>A reply with <see cref="FaultRule.Status"/>; without a body, the service's default one.</summary>
    Status,

    /// <summary>A reply without a body.</summary>
    EmptyBody,

    /// <summary>A reply that is a web page.</summary>
    Html,

    /// <summary>The correct reply, <see cref="FaultRule.DelayMs"/> later.</summary>
    Delay,

    /// <summary>No reply; the connection stays open.</summary>
    Hang,

    /// <summary>The connection ends instead of a reply.</summary>
    CloseBeforeReply,

    /// <summary>The connection ends after <see cref="FaultRule.Bytes"/> of the request's body; the request is not carried out.</summary>
    CutRequestAfter,

    /// <summary>The correct reply, but the connection ends after <see cref="FaultRule.Bytes"/> of the body.</summary>
    CutBodyAfter,

    /// <summary>The correct reply, but the connection ends after <see cref="FaultRule.Bytes"/> of the whole message.</summary>
    CutReplyAfter,

    /// <summary>The correct reply, but sending stalls after <see cref="FaultRule.Bytes"/> of the body.</summary>
    StallBodyAfter,

    /// <summary>302 to <see cref="FaultRule.Location"/>.</summary>
    RedirectTo,

    /// <summary><see cref="FaultRule.SizeMiB"/> of white space and an empty list, compressed.</summary>
    GzipBomb,

    /// <summary>Endless header lines.</summary>
    EndlessHeaders,

    /// <summary>An endless list.</summary>
    EndlessBody,

    /// <summary>The correct reply under another content type.</summary>
    WrongContentType,

    /// <summary>The correct reply with another body.</summary>
    ReplaceBody,

    /// <summary>A version with arrays nested <see cref="FaultRule.Depth"/> deep.</summary>
    NestedJson,

    /// <summary>429 with <see cref="FaultRule.RetryAfter"/>, unchanged.</summary>
    RetryAfter,

    /// <summary>Bytes that are not HTTP.</summary>
    Garbage,
}

/// <summary>Selects requests and describes their fault. A condition that is null matches every request.</summary>
internal sealed record FaultRule
{
    public Service? Service { get; init; }

    public string? Method { get; init; }

    public string? PathContains { get; init; }

    public string? FileId { get; init; }

    /// <summary>The number of matching requests that are unaffected at first.</summary>
    public int AfterRequests { get; init; }

    /// <summary>The fault then applies to every n-th matching request; 1 means each.</summary>
    public int Every { get; init; } = 1;

    /// <summary>The probability for each request, from 0 to 1. <see cref="Seed"/> makes it reproducible.</summary>
    public double? Probability { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>The maximum number of times the fault applies; null for no limit.</summary>
    public int? Times { get; init; }

    public required FaultAction Action { get; init; }

    /// <summary>Whether the request is carried out and only its reply is faulty.</summary>
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

    /// <summary>Whether the connection ends with a reset instead of an orderly close.</summary>
    public bool Reset { get; init; }

    internal bool Matches(Exchange exchange) =>
        (Service is null || Service == exchange.Service)
        && (Method is null || Method.Equals(exchange.Method, StringComparison.OrdinalIgnoreCase))
        && (PathContains is null || exchange.Target.Contains(PathContains, StringComparison.Ordinal))
        && (FileId is null || FileId == exchange.FileId);
}
