using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.Box;

/// <summary>All files: stored ones, otherwise generated ones.</summary>
internal sealed class BoxStore(PageCache cache)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, StoredBoxFile> _stored = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _listRequests = new(StringComparer.Ordinal);

    /// <summary>Raised when a file has changed, with its state before and after.</summary>
    internal event Action<BoxFile, StoredBoxFile, EmulatorSettings>? Changed;

    internal static bool IsWellFormed(string fileId) => fileId.Length is > 0 and <= 30 && fileId.All(char.IsAsciiDigit);

    internal BoxFile? Find(string fileId, EmulatorSettings settings)
    {
        if (_stored.TryGetValue(fileId, out StoredBoxFile? stored))
        {
            return stored;
        }

        if (!settings.AutoFiles || fileId.StartsWith("404", StringComparison.Ordinal))
        {
            return null;
        }

        BoxFolder folder = BoxTree.OfFile(fileId, out long number) is { } tree ? new GeneratedBoxFolder(tree, (int)(number / tree.FilesPerFolder)) : BoxFolder.Root;
        return new GeneratedBoxFile(fileId, VersionsOf(fileId, settings), folder);
    }

    /// <summary>Finds a file that a generated folder contains.</summary>
    internal BoxFile Find(string fileId, EmulatorSettings settings, GeneratedBoxFolder folder) =>
        _stored.TryGetValue(fileId, out StoredBoxFile? stored) ? stored : new GeneratedBoxFile(fileId, VersionsOf(fileId, settings), folder);

    /// <summary>Finds the file of a request. Returns an error reply if it cannot be read.</summary>
    internal Reply? Refuse(Call call, string fileId, out BoxFile file)
    {
        file = null!;
        if (!IsWellFormed(fileId))
        {
            return BoxErrors.MethodNotAllowed();
        }

        if (fileId.StartsWith("403", StringComparison.Ordinal))
        {
            return BoxErrors.AccessDenied();
        }

        if (Find(fileId, call.Settings) is not { } found)
        {
            return BoxErrors.NotFound("file", fileId);
        }

        if (found is StoredBoxFile { TrashedAt: not null })
        {
            return BoxErrors.Trashed("file", fileId);
        }

        file = found;
        return null;
    }

    /// <summary>Changes an existing file. <paramref name="change"/> gets the old state and returns the new state, or null for no change.</summary>
    internal T Change<T>(string fileId, EmulatorSettings settings, Func<StoredBoxFile, (StoredBoxFile? After, T Result)> change)
    {
        lock (_gate)
        {
            BoxFile before = Find(fileId, settings) ?? throw new InvalidOperationException($"There is no file {fileId}.");
            (StoredBoxFile? after, T result) = change(StoredBoxFile.From(before));
            if (after is not null)
            {
                Put(after);
                Changed?.Invoke(before, after, settings);
            }

            return result;
        }
    }

    internal void Put(StoredBoxFile file)
    {
        _stored[file.Id] = file;
        cache.Clear();
    }

    /// <summary>Counts a list request, and adds or removes versions when the settings require it.</summary>
    internal void Listed(string fileId, EmulatorSettings settings)
    {
        if (settings.GrowWhilePaging is null && settings.ShrinkWhilePaging is null)
        {
            return;
        }

        int count = _listRequests.AddOrUpdate(fileId, 1, static (_, before) => before + 1);
        if (settings.GrowWhilePaging is { } grow && count == grow.After)
        {
            Change(fileId, settings, before => (Grow(before, grow.Count), 0));
        }

        if (settings.ShrinkWhilePaging is { } shrink && count == shrink.After)
        {
            Change(fileId, settings, before => (before.With(newPast: before.PastVersions[Math.Min(shrink.Count, before.PastCount)..]), 0));
        }
    }

    /// <summary>Removes a past version permanently, as Box does when its time in the trash ends.</summary>
    /// <returns>Whether the file had that past version.</returns>
    internal bool Purge(string fileId, string versionId, EmulatorSettings settings) => Find(fileId, settings) is not null && Change(fileId, settings, file =>
    {
        ImmutableArray<BoxVersion> rest = file.PastVersions.RemoveAll(version => version.Id == versionId);
        return rest.Length == file.PastCount ? (null, false) : (file.With(newPast: rest), true);
    });

    internal void Reset()
    {
        _stored.Clear();
        _listRequests.Clear();
    }

    internal void ResetListRequests() => _listRequests.Clear();

    /// <summary>The number of past versions of a generated file. An id of at least nine digits that begins with 9 states it in the next five digits.</summary>
    internal static int VersionsOf(string fileId, EmulatorSettings settings)
    {
        if (fileId.Length >= 9 && fileId[0] == '9')
        {
            return int.Parse(fileId.AsSpan(1, 5), NumberStyles.None, CultureInfo.InvariantCulture);
        }

        return BoxTree.OfFile(fileId, out long number) is { } tree && !tree.HasHistory(number, settings.BoxHistoryShare) ? 0 : settings.BoxVersions;
    }

    private static StoredBoxFile Grow(StoredBoxFile before, int count)
    {
        var generator = new BoxGenerator(before.Id);
        ImmutableArray<BoxVersion> added = [.. Enumerable.Range(before.NextNumber, count).Select(generator.Version)];
        ImmutableArray<BoxVersion> newestFirst = [.. added.Reverse(), before.Current, .. before.PastVersions];
        return before.With(newestFirst[0], newestFirst[1..], newNextNumber: before.NextNumber + count);
    }
}
