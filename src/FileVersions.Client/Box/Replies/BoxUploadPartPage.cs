namespace FileVersions.Box.Replies;

/// <summary>One page of the parts that Box has received.</summary>
internal sealed class BoxUploadPartPage
{
    /// <summary>How many parts Box has received; null if the reply does not say.</summary>
    internal long? TotalCount { get; set; }

    internal List<BoxUploadPart>? Parts { get; set; }
}
