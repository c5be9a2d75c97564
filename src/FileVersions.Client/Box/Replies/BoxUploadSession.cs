namespace FileVersions.Box.Replies;

/// <summary>An upload in parts. The addresses may be on another host than the one that created the session.</summary>
internal sealed class BoxUploadSession
{
    internal string? Id { get; set; }

    /// <summary>The size of every part but the last, in bytes.</summary>
    internal long? PartSize { get; set; }

    internal BoxUploadEndpoints? Endpoints { get; set; }
}
