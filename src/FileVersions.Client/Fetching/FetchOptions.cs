namespace FileVersions.Fetching;

/// <summary>How an <see cref="ItemSequence{TItem}"/> sends its requests, and what it does with errors and messages.</summary>
public sealed record FetchOptions
{
    /// <summary>The maximum number of concurrent requests. At least 1.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>
    /// Receives the error of a file that failed, after everything that could be read of it; the other files continue. If null, the
    /// first error ends the sequence with its exception. An error that concerns the account always does.
    /// </summary>
    public Action<FileVersionException>? OnError { get; init; }

    /// <summary>Receives warnings; null to ignore them.</summary>
    public Action<string>? OnWarning { get; init; }

    /// <summary>Receives a line about each request and each retry; null for no log.</summary>
    public Action<string>? OnLog { get; init; }
}
