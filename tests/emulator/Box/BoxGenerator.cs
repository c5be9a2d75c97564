using System.Globalization;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Box;

/// <summary>Generates varied, plausible and reproducible versions of a file.</summary>
internal sealed class BoxGenerator
{
    private const long VersionsPerFile = 1_000_000;

    private static readonly string[] s_names =
    [
        "Quarterly report.docx", "Budget 2026.xlsx", "site-plan.pdf", "Vertrag Größe.pdf", "photo.jpg", "résumé final.docx",
        "minutes.txt", "backup.tar.gz", "見積書.xlsx", "logo (draft).svg", "Katalog & Preise.pdf", "data.csv",
    ];

    private static readonly Account[] s_users =
    [
        Account.Ada, Account.Ben, Account.Nightly,
        new("303", "Çiğdem Ünal", "cigdem@example.com"), new("404404", "Dan O'Neil", "dan@example.com"), new("505", "绘里 田中", "eri@example.com"),
    ];

    private static readonly TimeSpan[] s_offsets =
    [
        TimeSpan.FromHours(-8), TimeSpan.FromHours(-7), TimeSpan.Zero, TimeSpan.FromHours(2), TimeSpan.FromMinutes(330), TimeSpan.FromHours(13),
    ];

    private readonly ulong _hash;
    private readonly long _base;
    private readonly string _name;
    private readonly DateTime _born;

    internal BoxGenerator(string fileId)
    {
        _hash = Mix.Hash(fileId);
        _base = (1_000_000 + (long)(_hash % 8_000_000)) * VersionsPerFile;
        _name = BoxTree.OfFile(fileId, out long number) is { } tree ? tree.FileName(number) : s_names[(int)(_hash % (ulong)s_names.Length)];
        _born = new DateTime(2013, 1, 7, 9, 0, 0, DateTimeKind.Utc).AddHours(_hash % 40_000);
    }

    /// <summary>The version with a number; 1 is the oldest.</summary>
    internal BoxVersion Version(int number)
    {
        ulong random = Mix.Scramble(_hash + (ulong)number);
        TimeSpan offset = s_offsets[(int)(random % (ulong)s_offsets.Length)];
        DateTimeOffset created = new DateTimeOffset(_born.AddMinutes((37.0 * number) + ((random >> 8) % 30)).AddSeconds((random >> 16) % 60)).ToOffset(offset);
        bool restored = (random >> 24) % 29 == 0;
        return new BoxVersion(
            IdOf(number),
            number,
            number % 7 == 3 ? "Old " + _name : _name,
            Content.Generated(_hash, number),
            created,
            created.AddSeconds((random >> 32) % 120),
            (random >> 40) % 11 == 0 ? null : s_users[(int)((random >> 48) % (ulong)s_users.Length)])
        {
            RestoredAt = restored ? created.AddDays(1) : null,
            RestoredBy = restored ? Account.Ada : null,
        };
    }

    internal string IdOf(int number) => (_base + number).ToString(CultureInfo.InvariantCulture);

    /// <summary>The number of the version with an id, or 0.</summary>
    internal int NumberOf(string versionId) =>
        long.TryParse(versionId, NumberStyles.None, CultureInfo.InvariantCulture, out long id) && id > _base && id < _base + VersionsPerFile ? (int)(id - _base) : 0;

    /// <summary>Whether <see cref="EmulatorSettings.ShortPages"/> hides a version: about one in four, and all of every fourth hundred except the first.</summary>
    internal static bool IsHidden(string fileId, int number)
    {
        ulong hash = Mix.Hash(fileId);
        ulong hundred = (ulong)number / 100;
        return Mix.Scramble(hash ^ (ulong)number) % 4 == 0 || (hundred > 0 && (hash + hundred) % 4 == 0);
    }
}
