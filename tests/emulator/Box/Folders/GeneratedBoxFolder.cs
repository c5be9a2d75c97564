namespace FileVersions.Emulator.Box;

/// <summary>A folder of a generated tree. Its items are numbered in listing order.</summary>
internal sealed class GeneratedBoxFolder(BoxTree tree, int number) : BoxFolder(tree.FolderId(number), tree.FolderName(number))
{
    private readonly (int First, int Count) _folders = tree.FoldersIn(number);
    private readonly (string Id, string Name)[] _special = number == 0 ? SpecialBoxFolders.In(tree.RootId) : [];

    internal override BoxFolder? Parent => number == 0
        ? Id == RootId ? null : Root
        : new GeneratedBoxFolder(tree, tree.ParentOf(number));

    internal int FolderCount => _folders.Count + _special.Length;

    internal int FileCount => tree.FilesPerFolder;

    /// <summary>The root of a small tree has one web link.</summary>
    internal int LinkCount => number == 0 && !tree.IsCoded ? 1 : 0;

    internal BoxFolder Folder(int index) => index < _folders.Count
        ? new GeneratedBoxFolder(tree, _folders.First + index)
        : _special[index - _folders.Count] is var (id, name) && id == Id ? this : new StoredBoxFolder(id, name, this);

    internal string FileId(int index) => tree.FileId(number, index);

    internal BoxItemKey Link(int index) => new(BoxItemKind.WebLink, "Intranet " + (index + 1), "5" + Id);

    /// <summary>The number of an item; null if the folder does not contain it.</summary>
    internal int? IndexOf(BoxItemKind kind, string id)
    {
        switch (kind)
        {
            case BoxItemKind.Folder when BoxTree.OfFolder(id, out int folder)?.RootId == tree.RootId && folder >= _folders.First && folder < _folders.First + _folders.Count:
                return folder - _folders.First;
            case BoxItemKind.Folder:
                return Array.FindIndex(_special, special => special.Id == id) is var place and >= 0 ? _folders.Count + place : null;
            case BoxItemKind.File:
                bool isHere = BoxTree.OfFile(id, out long file)?.RootId == tree.RootId && file / tree.FilesPerFolder == number;
                return isHere ? FolderCount + (int)(file % tree.FilesPerFolder) : null;
            default:
                return Enumerable.Range(0, LinkCount).Any(index => Link(index).Id == id) ? FolderCount + FileCount : null;
        }
    }
}
