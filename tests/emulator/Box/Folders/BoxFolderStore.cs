using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.Box;

/// <summary>All folders: stored ones, otherwise generated ones.</summary>
internal sealed class BoxFolderStore
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, StoredBoxFolder> _stored = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _requests = new(StringComparer.Ordinal);
    private readonly BoxStore _files;
    private readonly PageCache _cache;

    internal BoxFolderStore(BoxStore files, PageCache cache)
    {
        _files = files;
        _cache = cache;
        files.Changed += Update;
    }

    internal BoxFolder? Find(string id, EmulatorSettings settings)
    {
        if (_stored.TryGetValue(id, out StoredBoxFolder? stored))
        {
            return stored;
        }

        if (!settings.AutoFiles)
        {
            return id == BoxFolder.RootId ? new StoredBoxFolder(id, BoxFolder.Root.Name, null) : null;
        }

        return BoxTree.OfFolder(id, out int number) is { } tree ? new GeneratedBoxFolder(tree, number) : null;
    }

    /// <summary>Finds the folder of a request. Returns an error reply if it cannot be read.</summary>
    internal Reply? Refuse(Call call, string id, out BoxFolder folder)
    {
        folder = null!;
        if (!BoxStore.IsWellFormed(id))
        {
            return BoxErrors.MethodNotAllowed();
        }

        if (SpecialBoxFolders.Refuse(id, () => CountRequest(id)) is { } refused)
        {
            return refused;
        }

        if (Find(id, call.Settings) is not { } found)
        {
            return BoxErrors.NotFound("folder", id);
        }

        folder = found;
        return null;
    }

    internal BoxItems Items(BoxFolder folder, EmulatorSettings settings) => folder is GeneratedBoxFolder generated
        ? new GeneratedBoxItems(generated, _files, settings)
        : new StoredBoxItems((StoredBoxFolder)folder, _files, this, settings);

    /// <summary>Returns another item with a given name in the folder of a file, or null. Generated folders have no conflicts.</summary>
    internal BoxItemKey? Conflict(BoxFile file, string name) => _stored.TryGetValue(file.Folder.Id, out StoredBoxFolder? folder) ? folder.Conflict(name, file.Id) : null;

    /// <summary>Adds an empty folder to its parent.</summary>
    internal void Add(StoredBoxFolder folder)
    {
        lock (_gate)
        {
            _stored[folder.Id] = folder;
            if (folder.Parent is { } parent)
            {
                Add(parent, new BoxItemKey(BoxItemKind.Folder, folder.Name, folder.Id));
            }
        }
    }

    /// <summary>Adds an item to a folder. A generated folder loses its generated items.</summary>
    internal void Add(BoxFolder folder, BoxItemKey item)
    {
        lock (_gate)
        {
            StoredBoxFolder stored = _stored.GetOrAdd(folder.Id, _ => new StoredBoxFolder(folder.Id, folder.Name, folder.Parent));
            _stored[folder.Id] = stored.With(stored.Items.Add(item));
            _cache.Clear();
        }
    }

    /// <summary>Removes an item from a stored folder, if present.</summary>
    internal void Remove(BoxFolder folder, BoxItemKey item)
    {
        lock (_gate)
        {
            if (_stored.TryGetValue(folder.Id, out StoredBoxFolder? stored))
            {
                _stored[folder.Id] = stored.With(stored.Items.Remove(item));
            }
        }
    }

    /// <summary>Counts a list request, and adds or removes files when the settings require it.</summary>
    internal void Listed(BoxFolder folder, EmulatorSettings settings)
    {
        if (settings.GrowFolderWhilePaging is null && settings.ShrinkFolderWhilePaging is null)
        {
            return;
        }

        int count = CountRequest(folder.Id);
        if (settings.GrowFolderWhilePaging is { } grow && count == grow.After)
        {
            for (int i = 0; i < grow.Count; i++)
            {
                AddFile(folder, i, settings);
            }
        }

        if (settings.ShrinkFolderWhilePaging is { } shrink && count == shrink.After)
        {
            foreach (string id in Store(folder, settings).Items.Where(item => item.Kind == BoxItemKind.File).Take(shrink.Count).Select(item => item.Id).ToArray())
            {
                _files.Change(id, settings, file => (file.Trashed(BoxClock.Now(settings), Account.Ada), 0));
            }
        }
    }

    internal void Reset()
    {
        _stored.Clear();
        _requests.Clear();
    }

    internal void ResetRequests() => _requests.Clear();

    private int CountRequest(string id) => _requests.AddOrUpdate(id, 1, static (_, before) => before + 1);

    /// <summary>Adds a new file at one end of a folder.</summary>
    private void AddFile(BoxFolder folder, int index, EmulatorSettings settings)
    {
        StoredBoxFolder stored = Store(folder, settings);
        string id = "6" + folder.Id + index.ToString("D4", CultureInfo.InvariantCulture);
        BoxVersion version = new BoxGenerator(id).Version(1) with { Name = (index % 2 == 0 ? "! new " : "~ new ") + index };
        _files.Put(new StoredBoxFile(id, stored, version, [], 2, 0));
        Add(stored, new BoxItemKey(BoxItemKind.File, version.Name, id));
    }

    /// <summary>Returns the folder in its stored form, with its current items.</summary>
    private StoredBoxFolder Store(BoxFolder folder, EmulatorSettings settings)
    {
        lock (_gate)
        {
            return _stored.GetOrAdd(folder.Id, _ => new StoredBoxFolder(folder.Id, folder.Name, folder.Parent).With([.. Items(folder, settings).All().Select(item => item.Key)]));
        }
    }

    /// <summary>Updates the folder of a file that was renamed or moved to the trash.</summary>
    private void Update(BoxFile before, StoredBoxFile after, EmulatorSettings settings)
    {
        lock (_gate)
        {
            bool isTrashed = after.TrashedAt is not null;
            if (isTrashed && BoxTree.OfFile(after.Id, out _) is not null)
            {
                Store(after.Folder, settings);
            }

            var old = new BoxItemKey(BoxItemKind.File, before.Current.Name, after.Id);
            if (_stored.TryGetValue(after.Folder.Id, out StoredBoxFolder? folder) && folder.Items.Contains(old))
            {
                ImmutableSortedSet<BoxItemKey> rest = folder.Items.Remove(old);
                _stored[folder.Id] = folder.With(isTrashed ? rest : rest.Add(old with { Name = after.Current.Name }));
                _cache.Clear();
            }
        }
    }
}
