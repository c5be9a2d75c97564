namespace FileVersions.Box.Replies;

/// <summary>An entry of the event log. A property is null if the entry has no such field.</summary>
internal sealed class BoxEvent
{
    /// <summary>The file, folder or other item that the event is about.</summary>
    internal BoxItem? Source { get; set; }

    internal BoxUser? CreatedBy { get; set; }
}
