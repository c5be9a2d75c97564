namespace FileVersions.ImageKit.Replies;

/// <summary>One page of a listing of files and folders, each in the order of the reply.</summary>
internal sealed class IKFilePage
{
    internal List<IKFile> Files { get; } = [];

    /// <summary>The paths of the folders, such as <c>/banners/2026</c>.</summary>
    internal List<string> FolderPaths { get; } = [];

    /// <summary>How many entries the reply has. A page with fewer entries than its limit is the last one.</summary>
    internal int Count => Files.Count + FolderPaths.Count;
}
