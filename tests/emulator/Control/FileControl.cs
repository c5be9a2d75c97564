using System.Text.Json.Nodes;
using FileVersions.Emulator.Box;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.ImageKit;
using FileVersions.Emulator.Stats;

namespace FileVersions.Emulator.Control;

/// <summary>Creates files from seeds, and describes files.</summary>
internal sealed class FileControl(Emulator emulator)
{
    internal JsonObject Seed(FileSeed seed)
    {
        switch (seed.Service)
        {
            case Service.Box:
                return Describe(Service.Box, new BoxSeeder(emulator).Seed(seed));
            case Service.Ik:
                StoredIKFile file = IKSeeder.Make(seed);
                emulator.IKFiles.Put(file);
                return Describe(Service.Ik, file.Id);
            default:
                throw new InvalidDataException("A file belongs to box or ik.");
        }
    }

    internal JsonObject Describe(Service service, string id) => service == Service.Box ? DescribeBox(id) : DescribeImageKit(id);

    private static JsonObject Details(string id, string name, Content content) =>
        new() { ["id"] = id, ["name"] = name, ["size"] = content.Size, ["sha1"] = content.Sha1 };

    private static JsonArray Array(IEnumerable<JsonNode> items) => new([.. items]);

    /// <summary>The stored ImageKit files in a folder and below it, by path.</summary>
    internal JsonObject DescribeLibrary(string folder)
    {
        IEnumerable<StoredIKFile> files = emulator.IKFiles.Stored
            .Where(file => file.Folder.StartsWith(IKQuery.Folder(folder), StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal);
        return new JsonObject
        {
            ["files"] = Array(files.Select(file => new JsonObject
            {
                ["id"] = file.Id,
                ["path"] = file.Path,
                ["size"] = file.Current.Content.Size,
                ["sha1"] = file.Current.Content.Sha1,
                ["past"] = file.Versions.Length - 1,
            })),
        };
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
            ["path"] = file.Path,
            ["private"] = file.AttributesOf(file.Current).IsPrivate,
            ["versions"] = Array(file.Versions.Select(version => Details(version.Id, version.Name, version.Content))),
        };
    }
}
