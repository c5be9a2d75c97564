using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using FileVersions.Emulator.Box;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.ImageKit;
using FileVersions.Emulator.Stats;

namespace FileVersions.Emulator.Control;

/// <summary>Makes files to order, and tells how they stand.</summary>
internal sealed class FileControl(Emulator emulator)
{
    internal JsonObject Seed(FileSeed seed)
    {
        switch (seed.Service)
        {
            case Service.Box:
                SeedBox(seed);
                break;
            case Service.Ik:
                SeedImageKit(seed);
                break;
            default:
                throw new InvalidDataException("A file belongs to box or ik.");
        }

        return Describe(seed.Service, seed.Id);
    }

    internal JsonObject Describe(Service service, string id) => service == Service.Box ? DescribeBox(id) : DescribeImageKit(id);

    /// <summary>
    /// A text is the content itself; together with a size, it determines pseudo-random bytes of that size, so that equal texts and sizes make equal contents.
    /// </summary>
    private static Content ContentOf(string fileId, string versionId, Content madeUp, string? text, long? size) => (text, size) switch
    {
        ({ }, null) => Content.Of(Encoding.UTF8.GetBytes(text)),
        (_, { } bytes) => new Content(Mix.Hash(text ?? fileId + '/' + versionId), bytes),
        _ => madeUp,
    };

    private static JsonObject Details(string id, string name, Content content) =>
        new() { ["id"] = id, ["name"] = name, ["size"] = content.Size, ["sha1"] = content.Sha1 };

    private static JsonArray Array(IEnumerable<JsonNode> items) => new([.. items]);

    private void SeedBox(FileSeed seed)
    {
        var generator = new BoxGenerator(seed.Id);
        int count = seed.Versions?.Count ?? seed.Count ?? 0;
        BoxVersion Make(VersionSeed? version, int number)
        {
            BoxVersion madeUp = generator.Version(number);
            string id = version?.Id ?? madeUp.Id;
            return madeUp with
            {
                Id = id,
                Name = version?.Name ?? seed.Name ?? madeUp.Name,
                Content = ContentOf(seed.Id, id, madeUp.Content, version?.Content, version?.Size ?? seed.Size),
                CreatedAt = version?.CreatedAt ?? madeUp.CreatedAt,
                ModifiedAt = version?.ModifiedAt ?? version?.CreatedAt ?? madeUp.ModifiedAt,
                ModifiedBy = version?.ModifiedBy ?? madeUp.ModifiedBy,
                Uploader = version?.Uploader,
                TrashedAt = version?.TrashedAt,
                TrashedBy = version?.TrashedAt is null ? null : version.TrashedBy ?? Account.Ada,
                PurgedAt = version?.TrashedAt?.AddDays(BoxChanges.DaysInTrash),
                Retention = version?.Retained?.Of(version.CreatedAt ?? madeUp.CreatedAt),
                Extra = version?.Fields,
                Raw = version?.Raw,
            };
        }

        ImmutableArray<BoxVersion> past = [.. Enumerable.Range(0, count).Select(age => Make(seed.Versions?[age], count - age))];
        emulator.BoxFiles.Put(new StoredBoxFile(seed.Id, Make(seed.Current, count + 1), past, count + 2, count));
    }

    private void SeedImageKit(FileSeed seed)
    {
        int count = seed.Versions?.Count ?? seed.Count ?? 1;
        IKVersion Make(VersionSeed? version, int number)
        {
            IKVersion madeUp = IKGenerator.Version(seed.Id, number);
            string id = version?.Id ?? madeUp.Id;
            return madeUp with
            {
                Id = id,
                Name = version?.Name ?? seed.Name ?? madeUp.Name,
                Content = ContentOf(seed.Id, id, madeUp.Content, version?.Content, version?.Size ?? seed.Size),
                CreatedAt = version?.CreatedAt?.UtcDateTime ?? madeUp.CreatedAt,
                UpdatedAt = version?.ModifiedAt?.UtcDateTime ?? version?.CreatedAt?.UtcDateTime ?? madeUp.UpdatedAt,
                Extra = version?.Fields,
                Raw = version?.Raw,
            };
        }

        emulator.IKFiles.Put(new IKFile(seed.Id, [.. Enumerable.Range(0, count).Select(age => Make(seed.Versions?[age], count - age))]));
    }

    private JsonObject DescribeBox(string id)
    {
        if (emulator.BoxFiles.Find(id, emulator.Settings) is not { } file)
        {
            return new JsonObject { ["id"] = id, ["exists"] = false };
        }

        ILookup<bool, BoxVersion> past = Enumerable.Range(0, file.PastCount).Select(file.Past)
            .Where(version => !emulator.Settings.ShortPages || !BoxGenerator.IsHidden(id, version.Number))
            .ToLookup(version => version.TrashedAt is not null);
        return new JsonObject
        {
            ["id"] = id,
            ["exists"] = true,
            ["etag"] = file.ETag,
            ["current"] = Details(file.Current.Id, file.Current.Name, file.Current.Content),
            ["versions"] = Array(past[false].Select(version => Details(version.Id, version.Name, version.Content))),
            ["trashed"] = Array(past[true].Select(version => Details(version.Id, version.Name, version.Content))),
        };
    }

    private JsonObject DescribeImageKit(string id)
    {
        if (emulator.IKFiles.Find(id, emulator.Settings) is not { } file)
        {
            return new JsonObject { ["id"] = id, ["exists"] = false };
        }

        return new JsonObject
        {
            ["id"] = id,
            ["exists"] = true,
            ["private"] = file.IsPrivate,
            ["versions"] = Array(file.Versions.Select(version => Details(version.Id, version.Name, version.Content))),
        };
    }
}
