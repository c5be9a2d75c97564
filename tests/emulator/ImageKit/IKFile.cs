using System.Collections.Immutable;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.ImageKit;

/// <summary>A file and its versions at one moment.</summary>
/// <param name="id"><c>fileId</c>.</param>
/// <param name="folder">The path of its folder, with a slash at both ends: <c>/</c>, <c>/products/</c>.</param>
internal abstract class IKFile(string id, string folder)
{
    internal string Id => id;

    internal string Folder => folder;

    internal string Path => folder + Current.Name;

    internal ulong Hash => Mix.Hash(id);

    internal abstract IKVersion Current { get; }

    /// <summary>When the first version was uploaded.</summary>
    internal abstract DateTime CreatedAt { get; }

    /// <summary>The current version, then the past versions, most recently replaced first.</summary>
    internal abstract ImmutableArray<IKVersion> Versions { get; }

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

    internal IKAttributes AttributesOf(IKVersion version) => version.Attributes ?? IKGenerator.Attributes(Hash, version.Number);
}
