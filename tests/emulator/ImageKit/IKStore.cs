using System.Collections.Concurrent;
using System.Globalization;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.ImageKit;

/// <summary>All files: stored ones, then those that are generated from their ids.</summary>
internal sealed class IKStore(PageCache cache)
{
    internal const int MaxVersions = 100;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, StoredIKFile> _stored = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _idsByPath = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _removed = new(StringComparer.Ordinal);
    private int _epoch;

    /// <summary>Increases with every change.</summary>
    internal int Epoch => Volatile.Read(ref _epoch);

    internal ICollection<StoredIKFile> Stored => _stored.Values;

    internal static bool IsWellFormed(string id) => id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    internal bool IsStored(string fileId) => _stored.ContainsKey(fileId);

    internal bool IsRemoved(string fileId) => _removed.ContainsKey(fileId);

    internal IKFile? Find(string fileId, EmulatorSettings settings)
    {
        if (_stored.TryGetValue(fileId, out StoredIKFile? stored))
        {
            return stored;
        }

        if (_removed.ContainsKey(fileId))
        {
            return null;
        }

        if (IKTree.OfFile(fileId, out int number) is { } tree)
        {
            return tree.File(number);
        }

        return settings.AutoFiles && IsWellFormed(fileId) && !fileId.StartsWith("missing", StringComparison.Ordinal)
            ? new GeneratedIKFile(fileId, $"/{fileId}/", VersionsOf(fileId, settings))
            : null;
    }

    /// <summary>The file that has a version at a path such as <c>/products/car.jpg</c>, or null.</summary>
    internal IKFile? FindByPath(string path, EmulatorSettings settings)
    {
        if (_idsByPath.TryGetValue(path, out string? id))
        {
            return Find(id, settings);
        }

        string[] parts = path.Split('/', 3);
        if (parts.Length < 3)
        {
            return null;
        }

        IKFile? generated = IKTree.OfRoot(parts[1]) is { } tree ? tree.FileAt(path) : Find(parts[1], settings);
        return generated is GeneratedIKFile && generated.Path == path && !_removed.ContainsKey(generated.Id) ? generated : null;
    }

    /// <summary>Changes a file. The function gets the old state, or null, and returns the new state, or null for no change.</summary>
    internal T Change<T>(Func<IKFile?> find, Func<IKFile?, (StoredIKFile? After, T Result)> change)
    {
        lock (_gate)
        {
            (StoredIKFile? after, T result) = change(find());
            if (after is not null)
            {
                Put(after);
            }

            return result;
        }
    }

    internal void Put(StoredIKFile file)
    {
        if (_stored.TryGetValue(file.Id, out StoredIKFile? before))
        {
            Forget(before);
        }

        _stored[file.Id] = file;
        foreach (IKVersion version in file.Versions)
        {
            _idsByPath.TryAdd(file.Folder + version.Name, file.Id);
        }

        _idsByPath[file.Path] = file.Id;
        Changed();
    }

    /// <summary>Removes a file with all its versions.</summary>
    internal void Remove(IKFile file)
    {
        _removed[file.Id] = true;
        if (_stored.TryRemove(file.Id, out StoredIKFile? stored))
        {
            Forget(stored);
        }

        Changed();
    }

    internal void Reset()
    {
        _stored.Clear();
        _idsByPath.Clear();
        _removed.Clear();
        Changed();
    }

    private void Forget(StoredIKFile file)
    {
        foreach (IKVersion version in file.Versions)
        {
            _idsByPath.TryRemove(KeyValuePair.Create(file.Folder + version.Name, file.Id));
        }
    }

    private void Changed()
    {
        Interlocked.Increment(ref _epoch);
        cache.Clear();
    }

    /// <summary>An id such as <c>n042-anything</c> states the number of versions.</summary>
    private static int VersionsOf(string fileId, EmulatorSettings settings)
    {
        bool isStated = fileId.Length >= 4 && fileId[0] == 'n' && fileId.AsSpan(1, 3).IndexOfAnyExceptInRange('0', '9') < 0 && (fileId.Length == 4 || fileId[4] == '-');
        int count = isStated ? int.Parse(fileId.AsSpan(1, 3), NumberStyles.None, CultureInfo.InvariantCulture) : settings.IkVersions;
        return Math.Clamp(count, 1, MaxVersions);
    }
}
