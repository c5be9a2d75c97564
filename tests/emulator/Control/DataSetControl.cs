using System.Text.Json.Nodes;
using FileVersions.Emulator.DataSets;
using FileVersions.Emulator.Stats;

namespace FileVersions.Emulator.Control;

/// <summary>Loads named sets of files.</summary>
internal sealed class DataSetControl(Emulator emulator)
{
    internal JsonObject Load(DataSetRequest request) => request.Service == Service.Ik ? LoadImageKit(request) : LoadBox(request);

    private static InvalidDataException Unknown() => new("The data sets are company and archive.");

    private JsonObject LoadImageKit(DataSetRequest request)
    {
        (string folder, FileSeed[] files) = request.Name switch
        {
            "company" => (MediaDataSet.Folder, MediaDataSet.Make().ToArray()),
            "archive" => (MediaArchiveDataSet.Folder, MediaArchiveDataSet.Make(request.Files).ToArray()),
            _ => throw Unknown(),
        };
        files = MediaAttack.On(files, request.Attacked);
        foreach (FileSeed file in files)
        {
            emulator.IKFiles.Put(IKSeeder.Make(file));
        }

        return new JsonObject
        {
            ["folder"] = folder,
            ["files"] = files.Length,
            ["versions"] = files.Sum(file => file.Versions!.Count),
            ["attackedAt"] = request.Attacked > 0 ? Attack.Begin : null,
        };
    }

    private JsonObject LoadBox(DataSetRequest request)
    {
        FolderSeed folder = request.Name switch
        {
            "company" => CompanyDataSet.Make(),
            "archive" => ArchiveDataSet.Make(request.Files),
            _ => throw Unknown(),
        };
        FileSeed[] files = [.. Files(folder)];
        if (request.Attacked > 0)
        {
            folder = new Attack(files, request.Attacked).On(folder);
        }

        string id = new BoxSeeder(emulator).Seed(folder with { Events = true });
        return new JsonObject
        {
            ["folderId"] = id,
            ["files"] = files.Length,
            ["versions"] = Files(folder).Sum(file => 1 + file.Versions!.Count),
            ["attackedAt"] = request.Attacked > 0 ? Attack.Begin : null,
        };
    }

    private static IEnumerable<FileSeed> Files(FolderSeed folder) => folder.Files.Concat(folder.Folders.SelectMany(Files));
}
