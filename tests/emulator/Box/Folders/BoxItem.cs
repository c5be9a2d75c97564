namespace FileVersions.Emulator.Box;

/// <summary>An item of a folder. Exactly one of <paramref name="Folder"/>, <paramref name="File"/> and <paramref name="Link"/> is set.</summary>
internal readonly record struct BoxItem(BoxFolder? Folder, BoxFile? File, BoxItemKey? Link)
{
    internal BoxItemKey Key => Folder is { } folder ? new BoxItemKey(BoxItemKind.Folder, folder.Name, folder.Id)
        : File is { } file ? new BoxItemKey(BoxItemKind.File, file.Current.Name, file.Id)
        : Link!.Value;
}
