using System.Collections.Immutable;
using System.Globalization;
using FileVersions.Emulator.Box;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Control;

/// <summary>Creates Box files and folders from seeds.</summary>
internal sealed class BoxSeeder(Emulator emulator)
{
    /// <summary>Creates a folder with its contents. Returns its id.</summary>
    internal string Seed(FolderSeed seed)
    {
        string parentId = seed.ParentId ?? BoxFolder.RootId;
        BoxFolder parent = emulator.BoxFolders.Find(parentId, emulator.Settings) ?? throw new InvalidDataException($"There is no folder {parentId}.");
        return Seed(seed, parent, seed.Events);
    }

    /// <summary>
    /// Creates a file and returns its id. Without <c>folderId</c>, the file is in the folder that its id determines, or unlisted in the root folder.
    /// </summary>
    internal string Seed(FileSeed seed)
    {
        BoxFolder? folder = seed.FolderId is { } id ? emulator.BoxFolders.Find(id, emulator.Settings) ?? throw new InvalidDataException($"There is no folder {id}.") : null;
        return Seed(seed, folder, withEvents: false);
    }

    private static string GenerateId(BoxFolder folder, string name) => (100_000_000_000 + (Mix.Hash(folder.Id + '/' + name) % 600_000_000_000)).ToString(CultureInfo.InvariantCulture);

    private string Seed(FolderSeed seed, BoxFolder parent, bool withEvents)
    {
        string id = seed.Id ?? GenerateId(parent, seed.Name ?? throw new InvalidDataException("A folder needs an id or a name."));
        var folder = new StoredBoxFolder(id, seed.Name ?? "Folder " + id, parent) { Made = seed.CreatedAt };
        emulator.BoxFolders.Add(folder);
        if (withEvents)
        {
            emulator.BoxEventLog.Add(new BoxEvent("UPLOAD", folder.CreatedAt!.Value, Account.Ada, new BoxEventSource("folder", id, folder.Name, parent, null)));
        }

        foreach (FolderSeed child in seed.Folders)
        {
            Seed(child, folder, withEvents);
        }

        foreach (FileSeed file in seed.Files)
        {
            Seed(file, folder, withEvents);
        }

        foreach (string name in seed.WebLinks)
        {
            emulator.BoxFolders.Add(folder, new BoxItemKey(BoxItemKind.WebLink, name, GenerateId(folder, name)));
        }

        return id;
    }

    private string Seed(FileSeed seed, BoxFolder? folder, bool withEvents)
    {
        string id = seed.Id ?? GenerateId(folder ?? BoxFolder.Root, seed.Name ?? throw new InvalidDataException("A file needs an id or a name."));
        var generator = new BoxGenerator(id);
        int count = seed.Versions?.Count ?? seed.Count ?? 0;
        ImmutableArray<BoxVersion> past = [.. Enumerable.Range(0, count).Select(age => Version(id, seed, seed.Versions?[age], generator.Version(count - age)))];
        BoxVersion current = Version(id, seed, seed.Current, generator.Version(count + 1));
        BoxFile? before = emulator.BoxFiles.Find(id, emulator.Settings);
        BoxFolder place = folder ?? before?.Folder ?? BoxFolder.Root;
        if (folder is not null && before is StoredBoxFile)
        {
            emulator.BoxFolders.Remove(before.Folder, new BoxItemKey(BoxItemKind.File, before.Current.Name, id));
        }

        var file = new StoredBoxFile(id, place, current, past, count + 2, count);
        emulator.BoxFiles.Put(file);
        foreach (BoxEvent item in withEvents ? BoxFileEvents.History(file) : [])
        {
            emulator.BoxEventLog.Add(item);
        }

        if (folder is not null)
        {
            emulator.BoxFolders.Add(folder, new BoxItemKey(BoxItemKind.File, current.Name, id));
        }

        return id;
    }

    private static BoxVersion Version(string fileId, FileSeed file, VersionSeed? seed, BoxVersion madeUp)
    {
        string id = seed?.Id ?? madeUp.Id;
        DateTimeOffset createdAt = seed?.CreatedAt ?? madeUp.CreatedAt;
        return madeUp with
        {
            Id = id,
            Name = seed?.Name ?? file.Name ?? madeUp.Name,
            Content = SeededContent.Of(fileId + '/' + id, seed?.Content, seed?.Size ?? file.Size) ?? madeUp.Content,
            CreatedAt = createdAt,
            ModifiedAt = seed?.ModifiedAt ?? seed?.CreatedAt ?? madeUp.ModifiedAt,
            ModifiedBy = seed?.ModifiedBy ?? madeUp.ModifiedBy,
            Uploader = seed?.Uploader,
            TrashedAt = seed?.TrashedAt,
            TrashedBy = seed?.TrashedAt is null ? null : seed.TrashedBy ?? Account.Ada,
            PurgedAt = seed?.TrashedAt?.AddDays(BoxChanges.DaysInTrash),
            Retention = (seed?.Retained ?? file.Retained)?.Of(createdAt),
            Extra = seed?.Fields,
            Raw = seed?.Raw,
        };
    }
}
