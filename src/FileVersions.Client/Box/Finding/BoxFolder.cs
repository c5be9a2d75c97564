namespace FileVersions.Box.Finding;

/// <summary>A folder to list.</summary>
/// <param name="id">The folder's id.</param>
/// <param name="depth">0 for the folder at which the walk starts.</param>
internal sealed class BoxFolder(string id, int depth)
{
    internal string Id { get; } = id;

    internal int Depth { get; } = depth;
}
