using System.Globalization;
using FileVersions.Emulator.Control;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.DataSets;

/// <summary>
/// Simulates ransomware that uploads an encrypted version of one file per second under another name. For every tenth file, it also moves the good version to the trash.
/// </summary>
internal sealed class Attack
{
    private const int TrashEvery = 10;

    private static readonly Account s_attacker = new("6666", "Mallory Grey", "mallory@example.com");

    private readonly HashSet<string> _chosen;
    private int _count;

    /// <param name="files">All files.</param>
    /// <param name="count">The number of files to attack.</param>
    internal Attack(IEnumerable<FileSeed> files, int count) =>
        _chosen = [.. files.Select(file => file.Id!).OrderBy(Mix.Hash).Take(count)];

    /// <summary>The time of the first encrypted version.</summary>
    internal static DateTimeOffset Begin { get; } = new(2026, 11, 17, 8, 30, 0, TimeSpan.FromHours(-8));

    internal FolderSeed On(FolderSeed folder) => folder with
    {
        Files = [.. folder.Files.Select(file => _chosen.Contains(file.Id!) ? On(file) : file)],
        Folders = [.. folder.Folders.Select(On)],
    };

    private FileSeed On(FileSeed file)
    {
        int index = _count++;
        DateTimeOffset time = Begin.AddSeconds(index);
        VersionSeed good = file.Current! with { Name = file.Current.Name ?? file.Name };
        bool isTrashed = index % TrashEvery == 0;
        return file with
        {
            Current = new VersionSeed
            {
                Id = (long.Parse(good.Id!, CultureInfo.InvariantCulture) + 40_000_000_000).ToString(CultureInfo.InvariantCulture),
                Name = good.Name + ".locked",
                Content = "encrypted " + file.Id,
                Size = good.Size + 512,
                CreatedAt = time,
                ModifiedBy = s_attacker,
            },
            Versions = [good with { TrashedAt = isTrashed ? time.AddMinutes(10) : null, TrashedBy = isTrashed ? s_attacker : null }, .. file.Versions ?? []],
        };
    }
}
