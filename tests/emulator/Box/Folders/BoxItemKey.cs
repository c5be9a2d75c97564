namespace FileVersions.Emulator.Box;

/// <summary>The kinds of items, in listing order.</summary>
internal enum BoxItemKind
{
    Folder,
    File,
    WebLink,
}

/// <summary>Identifies an item of a folder. Keys sort in listing order: by kind, then name, then id.</summary>
internal readonly record struct BoxItemKey(BoxItemKind Kind, string Name, string Id) : IComparable<BoxItemKey>
{
    public int CompareTo(BoxItemKey other)
    {
        int order = Kind.CompareTo(other.Kind);
        order = order != 0 ? order : StringComparer.OrdinalIgnoreCase.Compare(Name, other.Name);
        return order != 0 ? order : string.CompareOrdinal(Id, other.Id);
    }
}
