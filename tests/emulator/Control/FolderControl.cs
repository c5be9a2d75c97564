using System.Text.Json.Nodes;
using FileVersions.Emulator.Box;

namespace FileVersions.Emulator.Control;

/// <summary>Creates Box folders from seeds, and describes their files.</summary>
internal sealed class FolderControl(Emulator emulator)
{
    internal JsonObject? Seed(FolderSeed seed) => Describe(new BoxSeeder(emulator).Seed(seed));

    /// <summary>Describes all files in a folder and below it, with their paths relative to it; null if there is no such folder.</summary>
    internal JsonObject? Describe(string id) => emulator.BoxFolders.Find(id, emulator.Settings) is { } root
        ? new JsonObject
        {
            ["id"] = id,
            ["name"] = root.Name,
            ["files"] = new JsonArray([.. Files(root, "").Select(found => Describe(found.File, found.Path))]),
        }
        : null;

    private static JsonObject Describe(BoxFile file, string path) => new()
    {
        ["id"] = file.Id,
        ["path"] = path,
        ["versionId"] = file.Current.Id,
        ["size"] = file.Current.Content.Size,
        ["sha1"] = file.Current.Content.Sha1,
        ["past"] = file.PastCount,
        ["trashed"] = Enumerable.Range(0, file.PastCount).Count(index => file.Past(index).TrashedAt is not null),
    };

    private IEnumerable<(BoxFile File, string Path)> Files(BoxFolder folder, string path)
    {
        foreach (BoxItem item in emulator.BoxFolders.Items(folder, emulator.Settings).All())
        {
            if (item.File is { } file)
            {
                yield return (file, path + file.Current.Name);
            }
            else if (item.Folder is { } child && child.Id != folder.Id)
            {
                foreach ((BoxFile, string) found in Files(child, path + child.Name + '/'))
                {
                    yield return found;
                }
            }
        }
    }
}
