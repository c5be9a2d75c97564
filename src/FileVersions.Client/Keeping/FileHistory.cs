namespace FileVersions.Keeping;

/// <summary>The versions of one file in order, each with the version that replaced it. Versions are addressed by their position in the input.</summary>
internal sealed class FileHistory
{
    private readonly VersionEntry?[] _nextNewer;

    internal FileHistory(IReadOnlyList<VersionEntry> versions)
    {
        Versions = versions;
        _nextNewer = new VersionEntry?[versions.Count];
        Current = FindCurrent(versions);
        NewestFirst = Sort(versions);

        VersionEntry? newer = Current;
        foreach (int position in NewestFirst)
        {
            _nextNewer[position] = newer;

            // A version in the trash is treated as already gone: it replaces nothing.
            if (versions[position].TrashedAt is null)
            {
                newer = versions[position];
            }
        }
    }

    /// <summary>The versions in the order of the input.</summary>
    internal IReadOnlyList<VersionEntry> Versions { get; }

    /// <summary>The current version; null if it is not in the input.</summary>
    internal VersionEntry? Current { get; }

    /// <summary>The positions of the past versions that have a date, including those in the trash.</summary>
    internal int[] NewestFirst { get; }

    /// <summary>The next newer version that is not in the trash; null if there is none, and for versions without a place in the order.</summary>
    internal VersionEntry? NextNewer(int position) => _nextNewer[position];

    /// <summary>When the next newer version was created; null if that is unknown or earlier than the version's own date.</summary>
    internal DateTimeOffset? SupersededAt(int position) =>
        _nextNewer[position]?.CreatedAt is { } date && date >= Versions[position].CreatedAt ? date : null;

    /// <summary>Whether a version has the same content as the next newer version.</summary>
    internal bool IsDuplicate(int position) =>
        Versions[position].Sha1 is { Length: > 0 } sha1 && string.Equals(sha1, _nextNewer[position]?.Sha1, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the current version of a file; null if it is not among the versions. If several claim to be, the newest is.</summary>
    internal static VersionEntry? FindCurrent(IReadOnlyList<VersionEntry> versions)
    {
        VersionEntry? current = null;
        foreach (VersionEntry version in versions)
        {
            if (version.IsCurrent && (current is null || NewestFirstComparer.Instance.Compare(version, current) < 0))
            {
                current = version;
            }
        }

        return current;
    }

    private static int[] Sort(IReadOnlyList<VersionEntry> versions)
    {
        var positions = new List<int>(versions.Count);
        var dated = new List<VersionEntry>(versions.Count);
        for (int position = 0; position < versions.Count; position++)
        {
            if (!versions[position].IsCurrent && versions[position].CreatedAt is not null)
            {
                positions.Add(position);
                dated.Add(versions[position]);
            }
        }

        int[] sorted = positions.ToArray();
        Array.Sort(dated.ToArray(), sorted, NewestFirstComparer.Instance);
        return sorted;
    }
}
