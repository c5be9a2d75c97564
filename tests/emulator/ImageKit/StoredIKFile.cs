using System.Collections.Immutable;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.ImageKit;

/// <summary>A file that was seeded, uploaded or changed. Immutable: a change creates a new instance.</summary>
/// <param name="id"><c>fileId</c>.</param>
/// <param name="folder">The path of its folder.</param>
/// <param name="createdAt">When the first version was uploaded.</param>
/// <param name="versions">The current version, then the past versions, most recently replaced first.</param>
/// <param name="nextNumber">The number that the next upload gets.</param>
internal sealed class StoredIKFile(string id, string folder, DateTime createdAt, ImmutableArray<IKVersion> versions, int nextNumber) : IKFile(id, folder)
{
    internal override IKVersion Current => versions[0];

    internal override DateTime CreatedAt => createdAt;

    internal override ImmutableArray<IKVersion> Versions => versions;

    internal static StoredIKFile From(IKFile file)
    {
        if (file is StoredIKFile stored)
        {
            return stored;
        }

        ImmutableArray<IKVersion> versions = file.Versions;
        return new StoredIKFile(file.Id, file.Folder, file.CreatedAt, versions, versions[0].Number + 1);
    }

    /// <summary>Adds a new version. It keeps the id of the current version; the replaced version gets a new id.</summary>
    internal StoredIKFile WithUpload(string name, Content content, IKAttributes attributes, DateTime now, int maxVersions)
    {
        var current = new IKVersion(Current.Id, nextNumber, name, content, now) { Attributes = attributes };
        ImmutableArray<IKVersion> all = [current, Replaced(now), .. versions[1..]];
        return new StoredIKFile(Id, Folder, createdAt, all[..Math.Min(all.Length, maxVersions)], nextNumber + 1);
    }

    /// <summary>Makes a past version current. It keeps its id; the replaced version gets a new id.</summary>
    internal StoredIKFile WithRestored(IKVersion version, DateTime now)
    {
        IKVersion current = version with { CurrentSince = now, ReplacedAt = null, StatedCreatedAt = null, StatedUpdatedAt = null };
        ImmutableArray<IKVersion> past = version.IsCurrent ? versions[1..] : [Replaced(now), .. versions[1..].Remove(version)];
        return new StoredIKFile(Id, Folder, createdAt, [current, .. past], nextNumber);
    }

    internal StoredIKFile Without(IKVersion version) => new(Id, Folder, createdAt, versions.Remove(version), nextNumber);

    private IKVersion Replaced(DateTime now) => Current with
    {
        Id = IKGenerator.PastId(now, Mix.Hash(Id + '/' + Current.Id) + (ulong)now.Ticks),
        ReplacedAt = now,
        StatedCreatedAt = null,
        StatedUpdatedAt = null,
    };
}
