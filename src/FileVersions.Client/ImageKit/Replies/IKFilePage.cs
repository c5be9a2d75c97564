namespace FileVersions.ImageKit.Replies;

/// <summary>One page of a listing, with its files in the order of the reply.</summary>
internal sealed class IKFilePage
{
    internal List<IKFile> Files { get; } = [];

    /// <summary>How many entries the reply has, including folders. A page with fewer entries than its limit is the last one.</summary>
    internal int Count { get; set; }
}
