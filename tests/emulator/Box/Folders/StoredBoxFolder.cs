using System.Collections.Immutable;

namespace FileVersions.Emulator.Box;

/// <summary>A folder that was seeded or changed. Immutable: a change creates a new instance.</summary>
internal sealed class StoredBoxFolder(string id, string name, BoxFolder? parent) : BoxFolder(id, name)
{
    internal override BoxFolder? Parent => parent;

    internal override DateTimeOffset? CreatedAt => Made ?? base.CreatedAt;

    /// <summary>When it was created; null for a generated date.</summary>
    internal DateTimeOffset? Made { get; init; }

    internal ImmutableSortedSet<BoxItemKey> Items { get; private init; } = [];

    /// <summary>Returns the same folder with different items.</summary>
    internal StoredBoxFolder With(ImmutableSortedSet<BoxItemKey> items) => new(Id, Name, Parent) { Made = Made, Items = items };

    /// <summary>The index of the first item after a key. The key need not exist.</summary>
    internal int IndexAfter(BoxItemKey key)
    {
        int index = Items.IndexOf(key);
        return index < 0 ? ~index : index + 1;
    }

    /// <summary>Returns an item with a given name, apart from <paramref name="id"/>, or null. Ignores case.</summary>
    internal BoxItemKey? Conflict(string wanted, string id)
    {
        foreach (BoxItemKind kind in Enum.GetValues<BoxItemKind>())
        {
            for (int i = IndexAfter(new BoxItemKey(kind, wanted, "")); i < Items.Count && Items[i].Kind == kind && Items[i].Name.Equals(wanted, StringComparison.OrdinalIgnoreCase); i++)
            {
                if (Items[i].Id != id)
                {
                    return Items[i];
                }
            }
        }

        return null;
    }
}
