using System.Globalization;

namespace FileVersions.Emulator.Box;

/// <summary>A file and its versions at one moment.</summary>
internal abstract class BoxFile(string id)
{
    internal string Id { get; } = id;

    internal abstract BoxVersion Current { get; }

    /// <summary>The folder that contains the file.</summary>
    internal abstract BoxFolder Folder { get; }

    /// <summary>The first version of the file.</summary>
    internal BoxVersion Oldest => PastCount == 0 ? Current : Past(PastCount - 1);

    /// <summary>The number of past versions, including those in the trash.</summary>
    internal abstract int PastCount { get; }

    internal abstract string ETag { get; }

    /// <summary>The same file without the versions in the trash.</summary>
    internal virtual BoxFile WithoutTrash => this;

    /// <summary>The past version at <paramref name="index"/>; 0 is the newest.</summary>
    internal abstract BoxVersion Past(int index);

    /// <summary>The current or past version with that id, or null.</summary>
    internal abstract BoxVersion? Find(string versionId);
}

/// <summary>A file that was never changed: its versions are computed on demand.</summary>
internal sealed class GeneratedBoxFile(string id, int pastCount, BoxFolder folder) : BoxFile(id)
{
    private readonly BoxGenerator _generator = new(id);

    internal override BoxFolder Folder => folder;

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
