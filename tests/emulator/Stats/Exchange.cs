using System.Diagnostics;

namespace FileVersions.Emulator.Stats;

/// <summary>The service that a request is for.</summary>
internal enum Service
{
    Box,
    Ik,
    Token,
    Download,
}

/// <summary>One request and its reply, as recorded in the statistics.</summary>
internal sealed class Exchange(Service service, string method, string target)
{
    internal Service Service { get; } = service;

    internal string Method { get; } = method;

    /// <summary>Path and query, unchanged.</summary>
    internal string Target { get; } = target;

    internal long Started { get; } = Stopwatch.GetTimestamp();

    internal long Ended { get; set; }

    internal string Kind { get; set; } = "other";

    internal string? FileId { get; set; }

    internal string? Account { get; set; }

    internal string? AsUser { get; set; }

    internal string? UserAgent { get; set; }

    /// <summary>Such as <c>HTTP/1.1</c>.</summary>
    internal string Protocol { get; set; } = "";

    internal string? AcceptEncoding { get; set; }

    internal bool Proxied { get; set; }

    internal string? Fault { get; set; }

    internal bool Leaked { get; set; }

    /// <summary>The status that was sent, or 0 if none was.</summary>
    internal int Status { get; set; }

    internal bool Aborted { get; set; }

    internal long BytesSent { get; set; }

    internal bool IsChange => Service != Service.Token && Method is not ("GET" or "HEAD");
}
