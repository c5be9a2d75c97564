using System.Collections.Immutable;

namespace FileVersions.Emulator.ImageKit;

/// <summary>A file that has not been changed: its versions are computed on demand.</summary>
internal sealed class GeneratedIKFile(string id, string folder, int count) : IKFile(id, folder)
{
    internal override IKVersion Current => new IKGenerator(this).Version(count, count);

    internal override DateTime CreatedAt => new IKGenerator(this).UploadedAt(1);

    internal override ImmutableArray<IKVersion> Versions => new IKGenerator(this).Versions(count);
}
