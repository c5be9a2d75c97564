using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using FileVersions.Emulator.DataSets;

namespace FileVersions.Emulator.Control;

/// <summary>Loads named sets of Box files.</summary>
internal sealed class DataSetControl(Emulator emulator)
{
    internal JsonObject Load(DataSetRequest request)
    {
        FolderSeed folder = request.Name switch
        {
            "company" => CompanyDataSet.Make(),
            "archive" => ArchiveDataSet.Make(request.Files),
            _ => throw new InvalidDataException("The data sets are company and archive."),
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
