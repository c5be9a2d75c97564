using System;
using System.Collections.Immutable;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.ImageKit;

/// <summary>A file and its versions, the current one first. Never changed in place: a change makes another one.</summary>
internal sealed record IKFile(string Id, ImmutableArray<IKVersion> Versions)
{
    internal ulong Hash { get; } = Mix.Hash(Id);

    /// <summary>Whether the file's downloads need a signed address.</summary>
    internal bool IsPrivate => Hash % 3 == 0;

    internal IKVersion? Find(string versionId)
    {
        foreach (IKVersion version in Versions)
        {
            if (version.Id.Equals(versionId, StringComparison.Ordinal))
            {
                return version;
            }
        }

        return null;
    }
}
