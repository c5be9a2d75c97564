namespace FileVersions.Keeping;

/// <summary>Measures how many versions files have and how much space they use.</summary>
public static class Usage
{
    /// <summary>Measures one file.</summary>
    /// <param name="versions">All versions of one file, at least one. Their order does not matter.</param>
    public static FileVersionMeasure Measure(IReadOnlyList<VersionEntry> versions)
    {
        var history = new FileHistory(versions);
        Tally past = default, trashed = default, duplicates = default;
        DateTimeOffset? oldest = null, newest = null;
        for (int position = 0; position < versions.Count; position++)
        {
            VersionEntry version = versions[position];
            oldest = Earlier(oldest, version.CreatedAt);
            newest = Later(newest, version.CreatedAt);
            if (version.IsCurrent)
            {
                continue;
            }

            if (version.TrashedAt is not null)
            {
                trashed.Add(version);
                continue;
            }

            past.Add(version);
            if (history.IsDuplicate(position))
            {
                duplicates.Add(version);
            }
        }

        VersionEntry named = history.Current ?? versions[history.NewestFirst.Length > 0 ? history.NewestFirst[0] : 0];
        return new FileVersionMeasure
        {
            FileId = named.FileId,
            Name = named.Name,
            FilePath = named.FilePath,
            FileCount = 1,
            PastCount = past.Count,
            PastSize = past.Size,
            TrashedCount = trashed.Count,
            TrashedSize = trashed.Size,
            DuplicateCount = duplicates.Count,
            DuplicateSize = duplicates.Size,
            CurrentSize = history.Current is { } current ? current.Size ?? 0 : null,
            Oldest = oldest,
            Newest = newest,
        };
    }

    /// <summary>Adds two measures of different files. Start with an empty measure to sum up many.</summary>
    /// <param name="one">A measure or total.</param>
    /// <param name="other">Another one.</param>
    /// <returns>A total, which has no file id, name or path.</returns>
    public static FileVersionMeasure Add(FileVersionMeasure one, FileVersionMeasure other) => new()
    {
        FileCount = one.FileCount + other.FileCount,
        PastCount = one.PastCount + other.PastCount,
        PastSize = one.PastSize + other.PastSize,
        TrashedCount = one.TrashedCount + other.TrashedCount,
        TrashedSize = one.TrashedSize + other.TrashedSize,
        DuplicateCount = one.DuplicateCount + other.DuplicateCount,
        DuplicateSize = one.DuplicateSize + other.DuplicateSize,
        CurrentSize = one.CurrentSize is null && other.CurrentSize is null ? null : (one.CurrentSize ?? 0) + (other.CurrentSize ?? 0),
        Oldest = Earlier(one.Oldest, other.Oldest),
        Newest = Later(one.Newest, other.Newest),
    };

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    private struct Tally
    {
        internal long Count { get; private set; }

        internal long Size { get; private set; }

        internal void Add(VersionEntry version)
        {
            Count++;
            Size += version.Size ?? 0;
        }
    }
}
