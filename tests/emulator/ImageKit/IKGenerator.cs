using System;
using System.Globalization;
using System.Linq;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.ImageKit;

/// <summary>Makes up a file's versions: varied, plausible, and the same each time.</summary>
internal static class IKGenerator
{
    private static readonly string[] s_names =
    [
        "new_car.jpg", "Größe M.png", "banner (1).webp", "intro-film.mp4", "katalog.pdf", "商品.jpg", "team photo.jpg", "sprite.svg",
    ];

    internal static IKFile File(string fileId, int count) =>
        new(fileId, [.. Enumerable.Range(0, count).Select(age => Version(fileId, count - age))]);

    /// <summary>The version that was made as the <paramref name="number"/>th; 1 is the oldest.</summary>
    internal static IKVersion Version(string fileId, int number)
    {
        ulong hash = Mix.Hash(fileId);
        ulong random = Mix.Scramble(hash + (ulong)number);
        DateTime born = new DateTime(2019, 8, 24, 6, 14, 41, DateTimeKind.Utc).AddMinutes(hash % 1_000_000);
        DateTime created = born.AddHours(7.0 * number).AddMilliseconds(random % 1000);
        return new IKVersion(
            hash.ToString("x16", CultureInfo.InvariantCulture) + number.ToString("x8", CultureInfo.InvariantCulture),
            number,
            s_names[(int)(hash % (ulong)s_names.Length)],
            Content.Generated(hash, number),
            created,
            created.AddMilliseconds((random >> 16) % 100_000));
    }
}
