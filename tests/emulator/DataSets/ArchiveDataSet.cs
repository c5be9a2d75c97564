using System.Globalization;
using FileVersions.Emulator.Control;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.DataSets;

/// <summary>Any number of small documents, 50 in a folder, with none to five past versions each.</summary>
internal static class ArchiveDataSet
{
    private const string RootId = "31415";
    private const int FilesPerFolder = 50;
    private const int FoldersPerDepartment = 10;
    private const int MaxPast = 5;

    private static readonly DateTimeOffset s_begin = new(2026, 10, 1, 9, 0, 0, TimeSpan.FromHours(-7));

    internal static FolderSeed Make(int files) =>
        SeededTree.Make(RootId, "Archive", s_begin, [.. Enumerable.Range(0, files).Select(index => (FolderOf(index / FilesPerFolder), File(index)))]);

    private static string FolderOf(int folder) => $"Department {(folder / FoldersPerDepartment) + 1:00}/Team {(folder % FoldersPerDepartment) + 1:00}";

    private static FileSeed File(int index)
    {
        string id = (314_150_000_000 + (index * 7)).ToString(CultureInfo.InvariantCulture);
        var random = new Mix.Sequence(Mix.Hash(id));
        int past = random.Next(MaxPast + 1);
        List<VersionSeed> versions = [.. Enumerable.Range(0, past + 1).Select(number => new VersionSeed
        {
            Id = (731_400_000_000 + (index * 100) + number).ToString(CultureInfo.InvariantCulture),
            Content = $"{id}/{number}",
            Size = 200 + random.Next(8000),
            CreatedAt = s_begin.AddDays(number * 8).AddSeconds(random.Next(8 * 3600)),
            ModifiedBy = random.Next(2) == 0 ? Account.Ada : Account.Ben,
        }).Reverse()];
        return new FileSeed { Id = id, Name = $"Document {index + 1:0000}.docx", Current = versions[0], Versions = versions[1..] };
    }
}
