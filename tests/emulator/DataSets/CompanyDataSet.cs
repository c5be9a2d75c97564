using System.Globalization;
using FileVersions.Emulator.Control;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.DataSets;

/// <summary>
/// The files of a small company and two years of their history: some were never changed, some have long histories. The content never changes.
/// </summary>
internal static class CompanyDataSet
{
    private const string RootId = "27182";
    private const int Days = 720;

    /// <summary>Files with at least this many past versions originally had another name.</summary>
    private const int MinEditsOfRenamed = 12;

    private static readonly DateTimeOffset s_begin = new(2024, 11, 25, 0, 0, 0, TimeSpan.FromHours(-8));

    private static readonly Series[] s_series =
    [
        new("", "{0}", "Company handbook.pdf|Org chart.pptx", 24, 900),
        new("Finance/Budgets", "Budget {0}.xlsx", "2025|2026|2027", 90, 240),
        new("Finance/Budgets", "Forecast cost centre {0}.xlsx", "100|110|120|200|210|300", 30, 80),
        new("Finance/Invoices/2025", "Invoice 2025-{0:000}.pdf", "1-60", 0, 60),
        new("Finance/Invoices/2026", "Invoice 2026-{0:000}.pdf", "1-52", 0, 60),
        new("Finance/Month end", "Month-end close {0}.xlsx", "months", 24, 130),
        new("Finance/Audit", "Audit evidence {0:00}.pdf", "1-18", 2, 220),
        new("Marketing/Brand", "{0}", "Brand guidelines.pdf|Logo.svg|Logo dark.svg|Letterhead.docx|Fonts.zip", 14, 700),
        new("Marketing/Campaigns/Spring 2026", "{0}", "Brief.docx|Media plan.xlsx|Banner.psd|Landing page.docx|Results.pptx", 36, 500),
        new("Marketing/Campaigns/Product launch", "{0}", "Brief.docx|Storyboard.pptx|Press release.docx|Budget.xlsx|Teaser.mp4", 40, 600),
        new("Marketing/Newsletter", "Newsletter {0}.docx", "months", 9, 120),
        new("Marketing/Photos", "IMG_{0}.jpg", "4101-4160", 0, 900),
        new("Engineering", "Roadmap.xlsx", "1", 130, 90),
        new("Engineering/Drawings", "MW-{0}.dwg", "1010-1035", 26, 450),
        new("Engineering/Specifications", "{0} specification.docx", "Controller|Sensor head|Power supply|Housing|Firmware update|Test bench", 75, 150),
        new("Engineering/Test reports", "Test report {0:000}.pdf", "1-45", 1, 180),
        new("Engineering/Firmware", "firmware-{0}.bin", "1.0|1.1|1.2|2.0|2.1", 3, 1500),
    ];

    private static readonly Dictionary<string, Account[]> s_staff = new(StringComparer.Ordinal)
    {
        [""] = [new("4100", "Maya Lindqvist", "maya@meridian.example")],
        ["Finance"] = [new("4201", "Grace Okafor", "grace@meridian.example"), new("4202", "Henrik Lund", "henrik@meridian.example")],
        ["Marketing"] = [new("4301", "Inês Carvalho", "ines@meridian.example"), new("4302", "Tom Barker", "tom@meridian.example"), new("4303", "Yuki Tanaka", "yuki@meridian.example")],
        ["Engineering"] = [new("4401", "Priya Nair", "priya@meridian.example"), new("4402", "Lukas Weber", "lukas@meridian.example"), new("4403", "Sam O'Neil", "sam@meridian.example")],
    };

    internal static FolderSeed Make()
    {
        long id = 1_463_057_219;
        var files = new List<(string Folder, FileSeed File)>();
        foreach (Series series in s_series)
        {
            foreach ((string name, int? day) in series.Files(DateOnly.FromDateTime(s_begin.Date)))
            {
                files.Add((series.Folder, File(series, id.ToString(CultureInfo.InvariantCulture), name, day)));
                id += 17 + (long)(Mix.Scramble((ulong)id) % 90_000);
            }
        }

        return SeededTree.Make(RootId, "Meridian Works", s_begin, files);
    }

    private static FileSeed File(Series series, string id, string name, int? day)
    {
        var random = new Mix.Sequence(Mix.Hash(id));
        int edits = (int)Math.Round(series.Edits * Math.Sqrt(random.Next(100)) / 10);
        double born = day ?? random.Next(Days - 30);
        double life = day is null ? (Days - born) * (30 + random.Next(70)) / 100 : 25;
        Account[] authors = s_staff[series.Folder.Split('/')[0]];
        DateTimeOffset[] dates = [.. Enumerable.Range(0, edits + 1).Select(edit => WorkingTime(born + (life * edit / (edits + 1)), random)).Order()];
        var versions = new List<VersionSeed>();
        string content = "";
        long size = 0;
        foreach ((int edit, DateTimeOffset date) in dates.Index())
        {
            // Some versions have the same content as the previous one.
            if (edit == 0 || random.Next(12) != 0)
            {
                content = id + '/' + edit;
                size = (series.Size * 10L * (60 + (40 * edit / (edits + 1)))) + random.Next(10_000);
            }

            bool hasOldName = edits >= MinEditsOfRenamed && edit < edits / 4;
            versions.Insert(0, new VersionSeed
            {
                Id = (long.Parse(id, CultureInfo.InvariantCulture) + 134_000_000 + (edit * 1009)).ToString(CultureInfo.InvariantCulture),
                Name = hasOldName ? "Draft " + name : name,
                Content = content,
                Size = size,
                CreatedAt = date,
                ModifiedBy = authors[random.Next(authors.Length)],
                Retained = series.Folder == "Finance/Audit" ? new RetentionSeed { Until = date.AddYears(7) } : null,
            });
        }

        return new FileSeed { Id = id, Name = name, Current = versions[0], Versions = versions[1..] };
    }

    /// <summary>A time between 8:00 and 18:00 on a working day.</summary>
    private static DateTimeOffset WorkingTime(double day, Mix.Sequence random)
    {
        DateTimeOffset date = s_begin.AddDays((int)day);
        date = date.DayOfWeek switch
        {
            DayOfWeek.Saturday => date.AddDays(-1),
            DayOfWeek.Sunday => date.AddDays(1),
            _ => date,
        };
        return date.AddHours(8).AddSeconds(random.Next(10 * 3600));
    }
}
