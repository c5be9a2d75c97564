using FileVersions.Box;
using FileVersions.Emulator;
using FileVersions.Fetching;
using FileVersions.ImageKit;
using FileVersions.Services;
using FileVersions.UnitTests.Http;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Services;

/// <summary>Tests point-in-time lookup through a client. The golden cases test the rule itself.</summary>
public sealed class PointInTimeTests
{
    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "701")]
    [InlineData(9, "701")]
    [InlineData(10, "702")]
    [InlineData(15, "702")]
    [InlineData(19, "702")]
    [InlineData(20, "703")]
    [InlineData(100_000, "703")]
    public async Task In_Box_a_version_is_in_force_from_its_creation(int day, string? expected)
    {
        await using EmulatorRun emulator = await StartWithBoxFileAsync();
        BoxClient client = Clients.Box(emulator.Address);

        BoxFileVersion? version = await client.GetVersionAsOfAsync("77", Day(day), new VersionReadOptions { FilePath = "/a.txt" });

        Assert.Equal(expected, version?.VersionId);
        Assert.Equal(expected is null ? null : expected == "703", version?.IsCurrent);
        Assert.Equal(expected is null ? null : "/a.txt", version?.FilePath);
    }

    [Fact]
    public async Task A_version_that_was_trashed_later_was_in_force()
    {
        await using EmulatorRun emulator = await StartWithBoxFileAsync();
        BoxClient client = Clients.Box(emulator.Address);
        await client.RemoveVersionAsync("77", "702");

        BoxFileVersion? version = await client.GetVersionAsOfAsync("77", Day(15));

        Assert.Equal("702", version?.VersionId);
        Assert.NotNull(version?.TrashedAt);
    }

    [Fact]
    public async Task A_file_that_did_not_exist_yet_is_logged()
    {
        await using EmulatorRun emulator = await StartWithBoxFileAsync();
        var log = new List<string>();

        BoxFileVersion? version = await Clients.Box(emulator.Address).GetVersionAsOfAsync("77", Day(0), fetch: new FetchOptions { OnLog = log.Add });

        Assert.Null(version);
        Assert.Single(log, line => line.Contains("did not exist", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_current_time_needs_no_list_request()
    {
        await using EmulatorRun emulator = await StartWithBoxFileAsync();

        BoxFileVersion? version = await Clients.Box(emulator.Address).GetVersionAsOfAsync("77", DateTimeOffset.UtcNow.AddDays(1));

        Assert.Equal("703", version?.VersionId);
        Assert.Equal(2, (int)(await emulator.StatsAsync("box"))["requests"]!);
    }

    [Theory]
    [InlineData("2026-03-01", null)]
    [InlineData("2026-04-15", "Version 1")]
    [InlineData("2026-05-15", "Version 2")]
    [InlineData("2026-06-15", "Version 3")]
    public async Task The_date_of_a_past_ImageKit_version_is_its_end_if_the_current_version_has_the_oldest_date(string time, string? expected)
    {
        // The current version has the date of the first upload, a past one the date of its replacement.
        await using LoopbackServer server = await LoopbackServer.StartAsync(Json(
            Version("file", "x", 3, "2026-04-01"), Version("file-version", "b", 2, "2026-06-01"), Version("file-version", "a", 1, "2026-05-01")));

        IKFileVersion? version = await Clients.ImageKit(server.Address).GetVersionAsOfAsync("x", Time(time));

        Assert.Equal(expected, version?.VersionName);
    }

    [Fact]
    public async Task A_restore_makes_the_ImageKit_history_ambiguous()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(Json(
            Version("file", "a", 1, "2026-04-01"), Version("file-version", "c", 3, "2026-07-01"), Version("file-version", "b", 2, "2026-06-01")));

        FileVersionException error = await Assert.ThrowsAsync<FileVersionException>(
            () => Clients.ImageKit(server.Address).GetVersionAsOfAsync("x", Time("2026-06-15")));

        Assert.Equal(FileVersionErrorKind.AmbiguousHistory, error.Kind);
        Assert.Equal("x", error.FileId);
    }

    private static DateTimeOffset Day(int day) => new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(Math.Min(day, 100_000));

    private static DateTimeOffset Time(string date) => new(DateTime.Parse(date, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);

    private static string Version(string type, string id, int number, string createdAt) =>
        $$"""{"fileId":"x","type":"{{type}}","name":"a.png","versionInfo":{"id":"{{id}}","name":"Version {{number}}"},"createdAt":"{{createdAt}}T00:00:00.000Z"}""";

    private static byte[] Json(params string[] versions) => System.Text.Encoding.UTF8.GetBytes($"[{string.Join(',', versions)}]");

    private static async Task<EmulatorRun> StartWithBoxFileAsync()
    {
        EmulatorRun emulator = await EmulatorRun.StartAsync(new EmulatorSettings());
        await emulator.CreateFileAsync(new
        {
            service = "box",
            id = "77",
            name = "a.txt",
            current = new { id = "703", createdAt = Day(20) },
            versions = new object[] { new { id = "702", createdAt = Day(10) }, new { id = "701", createdAt = Day(1) } },
        });
        return emulator;
    }
}
