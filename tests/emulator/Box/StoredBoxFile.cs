using System.Collections.Immutable;
using System.Globalization;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Box;

/// <summary>A file that was seeded or changed. Immutable: a change creates a new instance.</summary>
/// <param name="id">The file's id.</param>
/// <param name="folder">The folder that contains the file.</param>
/// <param name="current">The current version.</param>
/// <param name="past">The past versions, newest first, including those in the trash.</param>
/// <param name="nextNumber">The number of the next version.</param>
/// <param name="changes">The number of changes so far, which is the file's etag.</param>
internal sealed class StoredBoxFile(string id, BoxFolder folder, BoxVersion current, ImmutableArray<BoxVersion> past, int nextNumber, int changes) : BoxFile(id)
{
    internal override BoxVersion Current => current;

    internal override BoxFolder Folder => folder;

    /// <summary>When the whole file was moved to the trash; null if it was not.</summary>
    internal DateTimeOffset? TrashedAt { get; private init; }

    /// <summary>Who moved the whole file to the trash; null if it was not.</summary>
    internal Account? TrashedBy { get; private init; }

    internal override int PastCount => past.Length;

    internal override string ETag => changes.ToString(CultureInfo.InvariantCulture);

    /// <summary>The past versions, newest first, including those in the trash.</summary>
    internal ImmutableArray<BoxVersion> PastVersions => past;

    internal int NextNumber => nextNumber;

    internal override BoxFile WithoutTrash => new StoredBoxFile(Id, folder, current, past.RemoveAll(version => version.TrashedAt is not null), nextNumber, changes);

    internal static StoredBoxFile From(BoxFile file)
    {
        if (file is StoredBoxFile stored)
        {
            return stored;
        }

        BoxVersion current = file.Current;
        ImmutableArray<BoxVersion> past = [.. Enumerable.Range(0, file.PastCount).Select(file.Past)];
        return new StoredBoxFile(file.Id, file.Folder, current, past, current.Number + 1, file.PastCount);
    }

    internal override BoxVersion Past(int index) => past[index];

    internal override BoxVersion? Find(string versionId)
    {
        bool IsIt(BoxVersion version) => version.Id.Equals(versionId, StringComparison.Ordinal);
        return IsIt(current) ? current : past.FirstOrDefault(IsIt);
    }

    internal StoredBoxFile With(BoxVersion? newCurrent = null, ImmutableArray<BoxVersion>? newPast = null, int? newNextNumber = null) =>
        new(Id, folder, newCurrent ?? current, newPast ?? past, newNextNumber ?? nextNumber, changes + 1) { TrashedAt = TrashedAt, TrashedBy = TrashedBy };

    /// <summary>Returns the same file, moved to the trash.</summary>
    internal StoredBoxFile Trashed(DateTimeOffset at, Account by) => new(Id, folder, current, past, nextNumber, changes + 1) { TrashedAt = at, TrashedBy = by };
}
