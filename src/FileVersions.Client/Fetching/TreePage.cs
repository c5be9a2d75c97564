namespace FileVersions.Fetching;

/// <summary>One page of a node in a tree.</summary>
/// <param name="items">The items of the page.</param>
/// <param name="children">The child nodes that the page lists.</param>
/// <param name="marker">Where the next page begins; null at the end of the node.</param>
internal sealed class TreePage<TNode, TItem>(IReadOnlyList<TItem> items, IReadOnlyList<TNode> children, string? marker)
{
    internal IReadOnlyList<TItem> Items { get; } = items;

    internal IReadOnlyList<TNode> Children { get; } = children;

    internal string? Marker { get; } = marker;
}
