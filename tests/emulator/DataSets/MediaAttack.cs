using FileVersions.Emulator.Control;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.DataSets;

/// <summary>
/// Simulates ransomware in ImageKit that uploads an encrypted version of one file per second. The names do not change, because in ImageKit a name belongs to
/// the file and not to a version.
/// </summary>
internal static class MediaAttack
{
    internal static FileSeed[] On(FileSeed[] files, int count)
    {
        HashSet<string> chosen = [.. files.Select(file => file.Id!).OrderBy(Mix.Hash).Take(count)];
        int encrypted = 0;
        return [.. files.Select(file => chosen.Contains(file.Id!) ? Encrypt(file, encrypted++) : file)];
    }

    private static FileSeed Encrypt(FileSeed file, int index) => file with
    {
        Versions =
        [
            new VersionSeed { Content = "encrypted " + file.Id, Size = file.Versions![0].Size + 512, UploadedAt = Attack.Begin.AddSeconds(index) },
            .. file.Versions,
        ],
    };
}
