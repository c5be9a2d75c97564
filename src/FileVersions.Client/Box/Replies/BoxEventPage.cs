namespace FileVersions.Box.Replies;

/// <summary>One page of the event log.</summary>
internal sealed class BoxEventPage
{
    /// <summary>How many events the page has; 0 at the end of the log.</summary>
    internal long ChunkSize { get; set; }

    /// <summary>The position at which the next page starts; null if the reply does not say.</summary>
    internal string? NextPosition { get; set; }

    internal List<BoxEvent>? Events { get; set; }
}
