namespace FileVersions.Box.Replies;

/// <summary>One page of a folder's items: its files and folders, each in the order of the reply, without web links.</summary>
internal sealed class BoxFolderPage
{
    internal List<BoxFile> Files { get; } = [];

    internal List<BoxSubfolder> Folders { get; } = [];

    /// <summary>Whether the reply has a list of items, even an empty one.</summary>
    internal bool HasEntries { get; set; }

    /// <summary>The marker of the next page; null on the last page.</summary>
    internal string? NextMarker { get; set; }
}
