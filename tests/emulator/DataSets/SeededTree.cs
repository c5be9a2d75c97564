using System.Globalization;
using FileVersions.Emulator.Control;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.DataSets;

/// <summary>Builds a folder tree from files and their folder paths.</summary>
internal static class SeededTree
{
    internal static FolderSeed Make(string id, string name, DateTimeOffset createdAt, IReadOnlyCollection<(string Folder, FileSeed File)> files) => new()
    {
        Id = id,
        Name = name,
        CreatedAt = createdAt,
        Files = [.. files.Where(file => file.Folder.Length == 0).Select(file => file.File)],
        Folders =
        [
            .. files.Where(file => file.Folder.Length > 0).GroupBy(file => file.Folder.Split('/')[0])
                .Select(group => Make(
                    (271_828_000_000 + (long)(Mix.Hash(id + group.Key) % 999_999)).ToString(CultureInfo.InvariantCulture),
                    group.Key,
                    createdAt,
                    [.. group.Select(file => (file.Folder[group.Key.Length..].TrimStart('/'), file.File))])),
        ],
    };
}
