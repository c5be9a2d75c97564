using FileVersions.Emulator.Control;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.ImageKit;
using FileVersions.Emulator.Stats;

namespace FileVersions.Emulator.DataSets;

/// <summary>
/// The media library of the company: pictures, videos and marketing documents, with two years of history. The content never changes.
/// </summary>
internal static class MediaDataSet
{
    internal const string Folder = "/meridian-works/";

    private const int Days = 720;

    private static readonly DateTimeOffset s_begin = new(2024, 11, 25, 8, 0, 0, TimeSpan.Zero);

    private static readonly Series[] s_series =
    [
        new("brand", "{0}", "Logo.svg|Logo-dark.svg|Wordmark.png|Favicon.png|Brand-guidelines.pdf", 14, 60),
        new("campaigns/spring-2026", "{0}", "Hero.jpg|Banner.png|Story.jpg|Landing.webp|Teaser.mp4", 24, 700),
        new("campaigns/product-launch", "{0}", "Hero.jpg|Poster.png|Social-square.jpg|Launch-film.mp4|Countdown.gif", 20, 800),
        new("products/drives", "MW-{0}.jpg", "1010-1045", 6, 350),
        new("products/sensors", "MW-{0}.jpg", "2100-2129", 5, 300),
        new("photos/events", "IMG_{0}.jpg", "4101-4160", 0, 900),
        new("photos/team", "{0}.jpg", "Grace-Okafor|Henrik-Lund|Priya-Nair|Lukas-Weber|Yuki-Tanaka|Tom-Barker", 3, 250),
        new("videos", "{0}.mp4", "Factory-tour|Assembly-1|Assembly-2|Safety-briefing", 3, 3000),
        new("press", "{0}", "Press-kit.pdf|Fact-sheet.pdf|Founders.jpg", 8, 400),
        new("press/embargo", "{0}", "MW-3000-front.jpg|MW-3000-side.jpg|MW-3000.mp4", 4, 600),
        new("web", "{0}", "styles.css|sprite.svg", 30, 12),
    ];

    internal static IEnumerable<FileSeed> Make()
    {
        foreach (Series series in s_series)
        {
            foreach ((string name, _) in series.Files(DateOnly.FromDateTime(s_begin.Date)))
            {
                yield return File(series, name);
            }
        }
    }

    private static FileSeed File(Series series, string name)
    {
        string path = Folder + series.Folder + '/' + name;
        var random = new Mix.Sequence(Mix.Hash(path));
        int edits = series.Edits == 0 ? 0 : random.Next(series.Edits + 1);
        int born = random.Next(Days - 60);
        var versions = new List<VersionSeed>();
        for (int edit = 0; edit <= edits; edit++)
        {
            DateTimeOffset day = s_begin.AddDays(born + ((Days - born) * edit / (edits + 1)));
            versions.Insert(0, new VersionSeed
            {
                Content = $"{path}/{edit}",
                Size = (series.Size * 10L * (70 + (30 * edit / (edits + 1)))) + random.Next(5000),
                UploadedAt = day.AddMilliseconds(random.Next(9 * 3_600_000)),
            });
        }

        return new FileSeed
        {
            Service = Service.Ik,
            Id = IKGenerator.PastId(versions[^1].UploadedAt!.Value.UtcDateTime, Mix.Hash(path)),
            Folder = Folder + series.Folder,
            Name = name,
            Private = series.Folder.EndsWith("/embargo", StringComparison.Ordinal),
            Tags = [.. series.Folder.Split('/')],
            Versions = versions,
        };
    }
}
