using System.Globalization;

namespace FileVersions.Keeping;

/// <summary>Finds the version of a file that was in force at a given time.</summary>
public static class PointInTime
{
    /// <summary>Returns the version in force at a time, or null if the file did not exist yet.</summary>
    /// <param name="versions">All versions of one file: the past ones, including those in the trash, and the current one. Their order does not matter.</param>
    /// <param name="time">The time. A version created exactly then is in force; one moved to the trash exactly then is not.</param>
    /// <param name="now">The present. From then on the current version is in force.</param>
    /// <param name="meaning">What the dates of the service mean.</param>
    /// <exception cref="FileVersionException">The dates do not determine which version was in force (<see cref="FileVersionErrorKind.AmbiguousHistory"/>).</exception>
    public static VersionEntry? Find(IReadOnlyList<VersionEntry> versions, DateTimeOffset time, DateTimeOffset now, CreatedAtMeaning meaning)
    {
        VersionEntry? current = FileHistory.FindCurrent(versions);
        if (time >= now && current is not null)
        {
            return current;
        }

        List<VersionEntry> newestFirst = [.. versions.Where(version => !(version.TrashedAt <= time))];
        newestFirst.Sort(NewestFirstComparer.Instance);
        if (newestFirst.Exists(static version => version.CreatedAt is null) || (current is null && meaning == CreatedAtMeaning.StartOrEnd))
        {
            throw Ambiguous(Texts.KeepingDateMissing, versions, time);
        }

        VersionEntry? started = newestFirst.Find(version => version.CreatedAt <= time);
        if (meaning == CreatedAtMeaning.Start)
        {
            return started;
        }

        if (newestFirst.TrueForAll(version => version.IsCurrent || version.CreatedAt > current!.CreatedAt))
        {
            return FindByEnd(newestFirst, current!, time);
        }

        // After the last date, any version may have been restored.
        return started == newestFirst[0] && started != current ? throw Ambiguous(Texts.KeepingOlderRestored, versions, time) : started;
    }

    private static VersionEntry? FindByEnd(List<VersionEntry> newestFirst, VersionEntry current, DateTimeOffset time)
    {
        if (time < current.CreatedAt)
        {
            return null;
        }

        VersionEntry? found = newestFirst.FindLast(version => !version.IsCurrent && version.CreatedAt > time);

        // A restore moves the older version to the top and loses the dates of its first time in force.
        return Nullable.Compare(found?.Number, current.Number) > 0
            ? throw Ambiguous(Texts.KeepingOlderRestored, newestFirst, time)
            : found ?? current;
    }

    private static FileVersionException Ambiguous(string text, IReadOnlyList<VersionEntry> versions, DateTimeOffset time)
    {
        string fileId = versions[0].FileId;
        string message = string.Format(CultureInfo.InvariantCulture, text, fileId, time);
        return new FileVersionException(FileVersionErrorKind.AmbiguousHistory, message) { FileId = fileId };
    }
}
