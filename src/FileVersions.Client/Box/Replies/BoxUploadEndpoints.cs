namespace FileVersions.Box.Replies;

/// <summary>The absolute addresses of an upload session.</summary>
internal sealed class BoxUploadEndpoints
{
    internal Uri? UploadPart { get; set; }

    internal Uri? Commit { get; set; }

    internal Uri? Abort { get; set; }

    internal Uri? ListParts { get; set; }
}
