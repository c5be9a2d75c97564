using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace FileVersions.Emulator.Box;

/// <summary>A file and its versions at one moment.</summary>
internal abstract class BoxFile(string id)
{
    internal string Id { get; } = id;

    internal abstract BoxVersion Current { get; }

    /// <summary>How many past versions there are.</summary>
    internal abstract int PastCount { get; }

    internal abstract string ETag { get; }

    /// <summary>The past version at <paramref name="index"/>; 0 is the newest.</summary>
    internal abstract BoxVersion Past(int index);

    /// <summary>The version with that id, be it current, past or in the trash.</summary>
    internal abstract BoxVersion? Find(string versionId);
}

/// <summary>A file that nobody has changed: its versions are computed when they are asked for.</summary>
internal sealed class GeneratedBoxFile(string id, int pastCount) : BoxFile(id)
{
    private readonly BoxGenerator _generator = new(id);

    internal override BoxVersion Current => _generator.Version(pastCount + 1);

    internal override int PastCount => pastCount;

    internal override string ETag => pastCount.ToString(CultureInfo.InvariantCulture);

    internal override BoxVersion Past(int index) => _generator.Version(pastCount - index);

    internal override BoxVersion? Find(string versionId)
    {
        int number = _generator.NumberOf(versionId);
        return number > 0 && number <= pastCount + 1 ? _generator.Version(number) : null;
    }
}

/// <summary>A file that was seeded or changed. Never changed in place: a change makes another one.</summary>
internal sealed class StoredBoxFile(string id, BoxVersion current, ImmutableArray<BoxVersion> past, ImmutableArray<BoxVersion> trashed, int nextNumber, int changes) : BoxFile(id)
{
    internal override BoxVersion Current => current;

    internal override int PastCount => past.Length;

    internal override string ETag => changes.ToString(CultureInfo.InvariantCulture);

    /// <summary>Newest first.</summary>
    internal ImmutableArray<BoxVersion> PastVersions => past;

    internal ImmutableArray<BoxVersion> Trashed => trashed;

    internal int NextNumber => nextNumber;

    internal static StoredBoxFile From(BoxFile file)
    {
        if (file is StoredBoxFile stored)
        {
            return stored;
        }

        BoxVersion current = file.Current;
        ImmutableArray<BoxVersion> past = [.. Enumerable.Range(0, file.PastCount).Select(file.Past)];
        return new StoredBoxFile(file.Id, current, past, [], current.Number + 1, file.PastCount);
    }

    internal override BoxVersion Past(int index) => past[index];

    internal override BoxVersion? Find(string versionId)
    {
        bool IsIt(BoxVersion version) => version.Id.Equals(versionId, StringComparison.Ordinal);
        return IsIt(current) ? current : past.FirstOrDefault(IsIt) ?? trashed.FirstOrDefault(IsIt);
    }

    internal StoredBoxFile With(BoxVersion? newCurrent = null, ImmutableArray<BoxVersion>? newPast = null, ImmutableArray<BoxVersion>? newTrashed = null, int? newNextNumber = null) =>
        new(Id, newCurrent ?? current, newPast ?? past, newTrashed ?? trashed, newNextNumber ?? nextNumber, changes + 1);
}
