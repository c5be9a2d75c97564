using System.Collections.Immutable;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.ImageKit;

namespace FileVersions.Emulator.Control;

/// <summary>Creates ImageKit files from seeds.</summary>
internal static class IKSeeder
{
    internal static StoredIKFile Make(FileSeed seed)
    {
        string fileId = seed.Id ?? throw new InvalidDataException("A file needs an id.");
        string folder = seed.Folder is { } path ? IKQuery.Folder(path) : $"/{fileId}/";
        int count = seed.Versions?.Count ?? seed.Count ?? 1;
        ImmutableArray<IKVersion> madeUp = new GeneratedIKFile(fileId, folder, count).Versions;
        var versions = ImmutableArray.CreateBuilder<IKVersion>(count);
        for (int i = 0; i < count; i++)
        {
            DateTime? replacedAt = i == 0 ? null : versions[i - 1].UploadedAt;
            versions.Add(Version(fileId, seed, seed.Versions?[i], madeUp[i], replacedAt));
        }

        DateTime createdAt = versions[0].StatedCreatedAt ?? versions[^1].UploadedAt;
        return new StoredIKFile(fileId, folder, createdAt, versions.MoveToImmutable(), count + 1);
    }

    private static IKAttributes Attributes(FileSeed seed, IKAttributes madeUp) =>
        madeUp with { IsPrivate = seed.Private ?? madeUp.IsPrivate, Tags = seed.Tags is null ? madeUp.Tags : [.. seed.Tags] };

    private static IKVersion Version(string fileId, FileSeed file, VersionSeed? seed, IKVersion madeUp, DateTime? replacedAt)
    {
        string id = seed?.Id ?? (replacedAt is { } moment ? IKGenerator.PastId(moment, Mix.Hash(fileId) + (ulong)madeUp.Number) : fileId);
        DateTime uploadedAt = (seed?.UploadedAt ?? seed?.CreatedAt)?.UtcDateTime ?? madeUp.UploadedAt;
        return madeUp with
        {
            Id = id,
            Name = seed?.Name ?? file.Name ?? madeUp.Name,
            Content = SeededContent.Of(fileId + '/' + id, seed?.Content, seed?.Size ?? file.Size) ?? madeUp.Content,
            UploadedAt = uploadedAt,
            CurrentSince = uploadedAt,
            ReplacedAt = replacedAt,
            Attributes = Attributes(file, IKGenerator.Attributes(Mix.Hash(fileId), madeUp.Number)),
            StatedCreatedAt = seed?.CreatedAt?.UtcDateTime,
            StatedUpdatedAt = (seed?.ModifiedAt ?? seed?.CreatedAt)?.UtcDateTime,
            Extra = seed?.Fields,
            Raw = seed?.Raw,
        };
    }
}
