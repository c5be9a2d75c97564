using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Threading;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.ImageKit;

/// <summary>All files: those stored, and behind them those that the settings make up.</summary>
internal sealed class IKStore(PageCache cache)
{
    internal const int MostVersions = 100;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, IKFile> _stored = new(StringComparer.Ordinal);

    internal static bool IsWellFormed(string id) => id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    internal bool IsStored(string fileId) => _stored.ContainsKey(fileId);

    internal IKFile? Find(string fileId, EmulatorSettings settings)
    {
        if (_stored.TryGetValue(fileId, out IKFile? stored))
        {
            return stored;
        }

        return settings.AutoFiles && !fileId.StartsWith("missing", StringComparison.Ordinal) ? IKGenerator.File(fileId, VersionsOf(fileId, settings)) : null;
    }

    /// <summary>Changes a file; the change sees the state before and gives the state after, or null to leave it.</summary>
    internal Reply Change(string fileId, EmulatorSettings settings, Func<IKFile?, (IKFile? After, Reply Reply)> change)
    {
        lock (_gate)
        {
            (IKFile? after, Reply reply) = change(Find(fileId, settings));
            if (after is not null)
            {
                Put(after);
            }

            return reply;
        }
    }

    internal void Put(IKFile file)
    {
        _stored[file.Id] = file;
        cache.Clear();
    }

    internal void Reset() => _stored.Clear();

    /// <summary>An id such as <c>n042-anything</c> tells the number of versions.</summary>
    private static int VersionsOf(string fileId, EmulatorSettings settings)
    {
        bool tells = fileId.Length >= 4 && fileId[0] == 'n' && fileId.AsSpan(1, 3).IndexOfAnyExceptInRange('0', '9') < 0 && (fileId.Length == 4 || fileId[4] == '-');
        int count = tells ? int.Parse(fileId.AsSpan(1, 3), NumberStyles.None, CultureInfo.InvariantCulture) : settings.IkVersions;
        return Math.Min(count, MostVersions);
    }
}
