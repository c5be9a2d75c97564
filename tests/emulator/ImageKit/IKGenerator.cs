using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.ImageKit;

/// <summary>Generates varied, plausible and reproducible versions of a file.</summary>
internal readonly struct IKGenerator
{
    private static readonly string[] s_names =
    [
        "new_car.jpg", "Größe M.png", "banner (1).webp", "intro-film.mp4", "katalog.pdf", "商品.jpg", "team photo.jpg", "sprite.svg",
    ];

    private readonly string _fileId;
    private readonly ulong _hash;
    private readonly string _name;
    private readonly DateTime _created;

    internal IKGenerator(IKFile file)
    {
        _fileId = file.Id;
        _hash = file.Hash;
        if (IKTree.OfFile(file.Id, out int number) is not null)
        {
            (_name, _created) = (IKTree.NameOf(number), IKTree.CreatedAt(number));
        }
        else
        {
            _name = NameOf(_hash);
            _created = new DateTime(2019, 8, 24, 13, 14, 41, DateTimeKind.Utc).AddMinutes(_hash % 1_000_000).AddMilliseconds(Random(1) % 1000);
        }
    }

    /// <summary>The id of a past version: its first eight digits are the second in which it was replaced, as in a MongoDB ObjectId.</summary>
    internal static string PastId(DateTime replacedAt, ulong random) => string.Create(
        CultureInfo.InvariantCulture, $"{new DateTimeOffset(replacedAt).ToUnixTimeSeconds():x8}{Mix.Scramble(random):x16}");

    /// <summary>The attributes of a generated version.</summary>
    internal static IKAttributes Attributes(ulong fileHash, int number)
    {
        ulong random = Mix.Scramble(fileHash ^ (ulong)number);
        return new IKAttributes
        {
            IsPrivate = IsPrivate(fileHash),
            IsPublished = random % 10 != 0,
            Tags = [.. Enumerable.Range(0, (int)(random % 4)).Select(i => "Tag_" + i.ToString(CultureInfo.InvariantCulture))],
            AITags = (random % 3) switch { 0 => [], 1 => ["Clothing"], _ => ["Clothing", "Street light"] },
            CustomMetadata = new JsonObject { ["brand"] = "Nova", ["price"] = number * 10.25 },
            CustomCoordinates = random % 2 == 0 ? "10,10,40,40" : "",
            Description = "Picture number " + number.ToString(CultureInfo.InvariantCulture),
        };
    }

    internal static bool IsPrivate(ulong fileHash) => fileHash % 3 == 0;

    /// <summary>The name of a generated file outside the trees.</summary>
    internal static string NameOf(ulong fileHash) => s_names[(int)(fileHash % (ulong)s_names.Length)];

    internal ImmutableArray<IKVersion> Versions(int count)
    {
        var versions = ImmutableArray.CreateBuilder<IKVersion>(count);
        for (int number = count; number > 0; number--)
        {
            versions.Add(Version(number, count));
        }

        return versions.MoveToImmutable();
    }

    /// <summary>Generates one of <paramref name="count"/> versions; 1 is the oldest.</summary>
    internal IKVersion Version(int number, int count)
    {
        DateTime uploadedAt = UploadedAt(number);

        // The recorded replies show a replacement 0.4 s and 1.4 s before the new content arrived.
        DateTime? replacedAt = number == count ? null : UploadedAt(number + 1).AddMilliseconds(-400.0 - (Random(number) % 1000));
        string id = replacedAt is { } moment ? PastId(moment, _hash + (ulong)number) : _fileId;
        return new IKVersion(id, number, _name, Content.Generated(_hash, number), uploadedAt) { ReplacedAt = replacedAt };
    }

    internal DateTime UploadedAt(int number) => number == 1 ? _created : _created.AddHours(7.0 * (number - 1)).AddMilliseconds(Random(number) % 1000);

    private ulong Random(int number) => Mix.Scramble(_hash + (ulong)number);
}
