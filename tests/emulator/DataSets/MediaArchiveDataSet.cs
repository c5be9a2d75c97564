using System.Globalization;
using FileVersions.Emulator.Control;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Stats;

namespace FileVersions.Emulator.DataSets;

/// <summary>Any number of small ImageKit files, 50 in a folder, with none to five past versions each.</summary>
internal static class MediaArchiveDataSet
{
    internal const string Folder = "/archive/";

    private const int FilesPerFolder = 50;
    private const int MaxPast = 5;

    private static readonly DateTimeOffset s_begin = new(2026, 10, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_extensions = ["pdf", "jpg", "mp4", "png", "txt"];

    internal static IEnumerable<FileSeed> Make(int files) => Enumerable.Range(0, files).Select(File);

    private static string IdOf(int index) => "6703e2a0" + (0x3141_5926_0000_0000 + index).ToString("x16", CultureInfo.InvariantCulture);

    private static FileSeed File(int index)
    {
        string id = IdOf(index);
        var random = new Mix.Sequence(Mix.Hash(id));
        int past = random.Next(MaxPast + 1);
        return new FileSeed
        {
            Service = Service.Ik,
            Id = id,
            Folder = string.Create(CultureInfo.InvariantCulture, $"{Folder}team-{(index / FilesPerFolder) + 1:00}"),
            Name = string.Create(CultureInfo.InvariantCulture, $"document-{index + 1:0000}.{s_extensions[index % s_extensions.Length]}"),
            Private = false,
            Versions =
            [
                .. Enumerable.Range(0, past + 1).Select(number => new VersionSeed
                {
                    Content = $"{id}/{number}",
                    Size = 200 + random.Next(8000),
                    UploadedAt = s_begin.AddDays(number * 8).AddSeconds(random.Next(8 * 3600)),
                }).Reverse(),
            ],
        };
    }
}
