using System;

namespace FileVersions.Emulator.Box;

/// <summary>What a folder contains, in the order in which a listing has them.</summary>
internal enum BoxItemKind
{
    Folder,
    File,
    WebLink,
}

/// <summary>An item of a folder, and its place in a listing: by kind, then name, then id.</summary>
internal readonly record struct BoxItemKey(BoxItemKind Kind, string Name, string Id) : IComparable<BoxItemKey>
{
    public int CompareTo(BoxItemKey other)
    {
        int order = Kind.CompareTo(other.Kind);
        order = order != 0 ? order : StringComparer.OrdinalIgnoreCase.Compare(Name, other.Name);
        return order != 0 ? order : string.CompareOrdinal(Id, other.Id);
    }
}
