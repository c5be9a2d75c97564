namespace FileVersions.Fetching;

/// <summary>One page of a node in a tree.</summary>
/// <param name="Items">The items of the page.</param>
/// <param name="Children">The child nodes that the page lists.</param>
/// <param name="Marker">Where the next page begins; null at the end of the node.</param>
internal sealed record TreePage<TNode, TItem>(IReadOnlyList<TItem> Items, IReadOnlyList<TNode> Children, string? Marker);
