namespace FileVersions.Emulator.Box;

/// <summary>The items of a folder in listing order.</summary>
internal abstract class BoxItems
{
    internal abstract int Count { get; }

    internal abstract BoxItem this[int index] { get; }

    /// <summary>The index of the item after a key; null if the key is not valid for this folder.</summary>
    internal abstract int? IndexAfter(BoxItemKey key);

    internal IEnumerable<BoxItem> All() => Enumerable.Range(0, Count).Select(index => this[index]);
}

/// <summary>The items of a generated folder, computed on demand.</summary>
internal sealed class GeneratedBoxItems(GeneratedBoxFolder folder, BoxStore files, EmulatorSettings settings) : BoxItems
{
    internal override int Count => folder.FolderCount + folder.FileCount + folder.LinkCount;

    internal override BoxItem this[int index]
    {
        get
        {
            if (index < folder.FolderCount)
            {
                return new BoxItem(folder.Folder(index), null, null);
            }

            index -= folder.FolderCount;
            return index < folder.FileCount
                ? new BoxItem(null, files.Find(folder.FileId(index), settings, folder), null)
                : new BoxItem(null, null, folder.Link(index - folder.FileCount));
        }
    }

    internal override int? IndexAfter(BoxItemKey key) => folder.IndexOf(key.Kind, key.Id) + 1;
}

/// <summary>The items of a stored folder.</summary>
internal sealed class StoredBoxItems(StoredBoxFolder folder, BoxStore files, BoxFolderStore folders, EmulatorSettings settings) : BoxItems
{
    internal override int Count => folder.Items.Count;

    internal override BoxItem this[int index]
    {
        get
        {
            BoxItemKey item = folder.Items[index];
            return item.Kind switch
            {
                BoxItemKind.Folder => new BoxItem(folders.Find(item.Id, settings) ?? new StoredBoxFolder(item.Id, item.Name, folder), null, null),
                BoxItemKind.File => new BoxItem(null, files.Find(item.Id, settings), null),
                _ => new BoxItem(null, null, item),
            };
        }
    }

    internal override int? IndexAfter(BoxItemKey key) => folder.IndexAfter(key);
}
