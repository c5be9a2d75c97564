using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.ImageKit;

/// <summary>Lists and searches the media library. Caches recent listings, so that the pages of one listing are computed once.</summary>
internal sealed class IKLibrary(IKStore store)
{
    private const int MaxListings = 4;
    private const string PlaceholderId = "n001-asset";

    private readonly Lock _gate = new();
    private readonly Dictionary<IKListRequest, IKItem[]> _listings = [];
    private int _epoch;
    private int _requests;

    /// <summary>All items of a listing, in order.</summary>
    internal IKItem[] List(IKListRequest request, EmulatorSettings settings)
    {
        lock (_gate)
        {
            if (_epoch != store.Epoch || _listings.Count == MaxListings)
            {
                _listings.Clear();
                _epoch = store.Epoch;
            }

            if (!_listings.TryGetValue(request, out IKItem[]? items))
            {
                items = Sort(Search(request, settings), request.Sort);
                _listings[request] = items;
            }

            return items;
        }
    }

    /// <summary>Counts a list request, and adds or removes files when the settings require it.</summary>
    internal void Listed(IKItem[] listing, IKListRequest request, EmulatorSettings settings, DateTime now)
    {
        if (settings.IkFilesAppear is null && settings.IkFilesVanish is null)
        {
            return;
        }

        int count = Interlocked.Increment(ref _requests);
        if (settings.IkFilesAppear is { } appear && count == appear.After)
        {
            string folder = request.Folders.Count > 0 ? request.Folders[0] : "/";
            for (int i = 1; i <= appear.Count; i++)
            {
                string id = $"appeared-{i}";
                DateTime createdAt = appear.IsOld ? DateTime.UnixEpoch.AddSeconds(i) : now.AddMilliseconds(i);
                store.Put(new StoredIKFile(id, folder, createdAt, [new IKVersion(id, 1, id + ".jpg", Content.Generated(Mix.Hash(id), 1), createdAt)], 2));
            }
        }

        if (settings.IkFilesVanish is { } vanish && count == vanish.After)
        {
            foreach (IKItem item in listing.Take(vanish.Count))
            {
                if (item.File is { } file)
                {
                    store.Remove(file);
                }
            }
        }
    }

    internal void Reset()
    {
        lock (_gate)
        {
            _listings.Clear();
        }

        _requests = 0;
    }

    private static IKItem[] Sort(IEnumerable<IKItem> items, string sort)
    {
        bool isDescending = sort.StartsWith("DESC_", StringComparison.Ordinal);
        IOrderedEnumerable<IKItem> By<T>(Func<IKItem, T> key, IComparer<T>? comparer = null) => isDescending ? items.OrderByDescending(key, comparer) : items.OrderBy(key, comparer);
        IOrderedEnumerable<IKItem> sorted = sort[(sort.IndexOf('_', StringComparison.Ordinal) + 1)..] switch
        {
            "NAME" => By(item => item.Name, StringComparer.Ordinal),
            "UPDATED" => By(item => item.UpdatedAt),
            "SIZE" => By(item => item.Size),
            _ => By(item => item.CreatedAt),
        };
        return [.. sorted];
    }

    private IEnumerable<IKItem> Search(IKListRequest request, EmulatorSettings settings)
    {
        IEnumerable<IKItem> items = Files(request, settings).SelectMany(file => Items(file, request));
        if (request.MayHaveFolders)
        {
            items = items.Concat(Folders(request, settings));
        }

        return items.Where(request.Matches);
    }

    private static IEnumerable<IKItem> Items(IKFile file, IKListRequest request)
    {
        yield return new IKItem(file);
        if (request.MayHaveVersions)
        {
            foreach (IKVersion version in file.Versions)
            {
                if (!version.IsCurrent)
                {
                    yield return new IKItem(file, version);
                }
            }
        }
    }

    /// <summary>The stored files and those of each generated tree that the request names; without any, one file, so that a key can be tested.</summary>
    private IEnumerable<IKFile> Files(IKListRequest request, EmulatorSettings settings)
    {
        IEnumerable<IKFile> generated = Trees(request).SelectMany(tree => Enumerable.Range(0, tree.Files).Select(tree.File))
            .Where(file => !store.IsStored(file.Id) && !store.IsRemoved(file.Id));
        IEnumerable<IKFile> placeholder = store.Stored.Count == 0 && store.Find(PlaceholderId, settings) is { } file ? [file] : [];
        return generated.Concat(store.Stored).Concat(placeholder);
    }

    private static IEnumerable<IKTree> Trees(IKListRequest request) =>
        request.Folders.Select(folder => IKTree.OfRoot(folder.Split('/')[1])).OfType<IKTree>().Distinct();

    private IEnumerable<IKItem> Folders(IKListRequest request, EmulatorSettings settings)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (IKFile file in Files(request, settings))
        {
            for (string folder = file.Folder; folder != "/" && seen.Add(folder); folder = folder[..(folder.TrimEnd('/').LastIndexOf('/') + 1)])
            {
                yield return new IKItem(folder, file.CreatedAt);
            }
        }
    }
}
