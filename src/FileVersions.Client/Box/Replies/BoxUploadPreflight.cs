namespace FileVersions.Box.Replies;

/// <summary>The reply to the question whether an upload would be accepted.</summary>
internal sealed class BoxUploadPreflight
{
    /// <summary>Where to send the content; null if the reply does not say.</summary>
    internal Uri? UploadUrl { get; set; }
}
