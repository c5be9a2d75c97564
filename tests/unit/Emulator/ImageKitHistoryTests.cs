using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace FileVersions.UnitTests.Emulator;

public sealed class ImageKitHistoryTests : EmulatorTestBase
{
    [Fact]
    public async Task The_current_version_has_the_first_upload_date_and_a_past_one_its_replacement_date()
    {
        JsonArray list = await Versions("n005-x");

        // The content of a version was uploaded at DateCreated.
        Assert.Equal(Uploaded(list[4]), Created(list[0]));
        for (int i = 1; i < list.Count; i++)
        {
            Assert.InRange(Uploaded(list[i - 1]) - Created(list[i]), TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(1.4));
            Assert.True(Uploaded(list[i]) < Created(list[i]));
        }

        Assert.Equal(Uploaded(list[0]), Date(list[0], "updatedAt"));
        Assert.All(list.Skip(1), version => Assert.InRange(Date(version, "updatedAt") - Created(version), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task The_current_version_has_the_file_id_and_a_past_one_encodes_its_replacement_time()
    {
        JsonArray list = await Versions("n005-x");

        Assert.Equal("n005-x", VersionIds(list)[0]);
        Assert.Equal(["Version 5", "Version 4", "Version 3", "Version 2", "Version 1"], list.Select(Name));
        Assert.All(list.Skip(1), version => Assert.Equal(Created(version).ToUnixTimeSeconds(), SecondOf(Id(version))));
    }

    [Fact]
    public async Task A_restored_version_keeps_its_id_and_the_replaced_one_gets_a_new_one()
    {
        JsonArray before = await Versions("n004-x");
        using HttpResponseMessage response = await Http.SendAsync(Ik(HttpMethod.Put, $"/v1/files/n004-x/versions/{Id(before[3])}/restore"));
        JsonNode restored = await JsonOf(response);
        JsonArray after = await Versions("n004-x");

        Assert.Equal(("file", Id(before[3]), "Version 1"), (restored["type"]!.GetValue<string>(), Id(restored), Name(restored)));
        Assert.Equal(["Version 1", "Version 4", "Version 3", "Version 2"], after.Select(Name));
        Assert.Equal(VersionIds(before)[1..3], VersionIds(after)[2..]);
        Assert.DoesNotContain(Id(after[1]), VersionIds(before));
        Assert.Equal(Created(after[1]).ToUnixTimeSeconds(), SecondOf(Id(after[1])));
        Assert.Equal(Created(before[0]), Created(after[0]));
        Assert.InRange(Date(after[0], "updatedAt"), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
        Assert.InRange(Created(after[1]), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task The_id_of_a_version_can_be_reassigned_to_other_content()
    {
        string current = Id((await Versions("n003-x"))[0]);
        for (int i = 0; i < 2; i++)
        {
            string past = Id((await Versions("n003-x"))[1]);
            using HttpResponseMessage response = await Http.SendAsync(Ik(HttpMethod.Put, $"/v1/files/n003-x/versions/{past}/restore"));
            response.EnsureSuccessStatusCode();
        }

        using HttpResponseMessage delete = await Http.SendAsync(Ik(HttpMethod.Delete, $"/v1/files/n003-x/versions/{current}"));
        Assert.Equal(HttpStatusCode.NotFound, delete.StatusCode);
        Assert.Equal("Version 3", Name((await Versions("n003-x"))[0]));
    }

    [Fact]
    public async Task Dates_can_be_set_to_uploaded_or_mixed()
    {
        await Settings("""{"ikDates":"uploaded"}""");
        JsonArray uploaded = await Versions("n006-x");
        await Settings("""{"ikDates":"mixed"}""");
        JsonArray mixed = await Versions("n006-x");
        await Settings("""{"ikDates":"replaced"}""");
        JsonArray replaced = await Versions("n006-x");

        Assert.All(uploaded, version => Assert.Equal(Uploaded(version), Created(version)));
        Assert.Equal(2, mixed.Count(version => !version!.AsObject().ContainsKey("createdAt")));
        Assert.Equal(2, mixed.Zip(uploaded).Count(pair => pair.First!["createdAt"]?.ToString() == pair.Second!["createdAt"]!.ToString()));
        Assert.Equal(2, mixed.Zip(replaced).Count(pair => pair.First!["createdAt"]?.ToString() == pair.Second!["createdAt"]!.ToString()));
    }

    [Fact]
    public async Task Upload_dates_define_a_seeded_history()
    {
        await Control(HttpMethod.Post, "files", """
            [{"service":"ik","id":"r1","folder":"/docs/a","name":"plan.txt","versions":[
              {"content":"encrypted","name":"plan.txt.locked","uploadedAt":"2026-11-20T03:00:00Z"},
              {"content":"second","uploadedAt":"2026-11-10T09:30:00Z"},
              {"content":"first","uploadedAt":"2026-11-01T08:00:00Z"}]}]
            """);
        JsonArray list = await Versions("r1");

        Assert.Equal(["/docs/a/plan.txt.locked", "/docs/a/plan.txt", "/docs/a/plan.txt"], list.Select(version => version!["filePath"]!.GetValue<string>()));
        Assert.Equal(
            ["2026-11-01T08:00:00.000Z", "2026-11-20T03:00:00.000Z", "2026-11-10T09:30:00.000Z"],
            list.Select(version => version!["createdAt"]!.GetValue<string>()));
        Assert.Equal("first", await Http.GetStringAsync(list[2]!["url"]!.GetValue<string>()));
    }

    private static string Id(JsonNode? version) => version!["versionInfo"]!["id"]!.GetValue<string>();

    private static string Name(JsonNode? version) => version!["versionInfo"]!["name"]!.GetValue<string>();

    private static DateTimeOffset Created(JsonNode? version) => Date(version, "createdAt");

    private static DateTimeOffset Uploaded(JsonNode? version) => Date(version!["embeddedMetadata"], "DateCreated");

    private static DateTimeOffset Date(JsonNode? json, string name) => DateTimeOffset.Parse(json![name]!.GetValue<string>(), CultureInfo.InvariantCulture);

    private static long SecondOf(string id) => long.Parse(id.AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private async Task<JsonArray> Versions(string fileId) => (await IkJson($"/v1/files/{fileId}/versions")).AsArray();
}
