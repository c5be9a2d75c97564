using System.Globalization;
using System.Text.Json.Nodes;

namespace FileVersions.UnitTests.Emulator;

public sealed class BoxDataSetTests : EmulatorTestBase
{
    [Fact]
    public async Task The_company_data_set_is_reproducible_and_plausible()
    {
        JsonNode loaded = await Control(HttpMethod.Post, "dataset", """{"name":"company"}""");
        JsonArray files = (await Control(HttpMethod.Get, "folders/27182"))["files"]!.AsArray();
        string before = files.ToJsonString();
        await Control(HttpMethod.Post, "reset");
        await Control(HttpMethod.Post, "dataset", """{"name":"company"}""");

        Assert.Equal(before, (await Control(HttpMethod.Get, "folders/27182"))["files"]!.ToJsonString());
        Assert.Equal(loaded["files"]!.GetValue<int>(), files.Count);
        Assert.Equal(files.Count, files.Select(file => file!["path"]!.GetValue<string>()).Distinct().Count());
        Assert.InRange(files.Count(file => file!["past"]!.GetValue<int>() == 0), 100, 250);
        Assert.Contains(files, file => file!["past"]!.GetValue<int>() > 50);
        Assert.InRange(files.Sum(file => file!["size"]!.GetValue<long>()), 50_000_000, 200_000_000);
        Assert.Equal(["Engineering", "Finance", "Marketing", "Company handbook.pdf", "Org chart.pptx"], Names(await BoxJson("/2.0/folders/27182/items")));
    }

    [Fact]
    public async Task A_company_file_has_an_ordered_history_by_several_users()
    {
        await Control(HttpMethod.Post, "dataset", """{"name":"company"}""");
        JsonNode roadmap = (await Control(HttpMethod.Get, "folders/27182"))["files"]!.AsArray().Single(file => file!["path"]!.GetValue<string>() == "Engineering/Roadmap.xlsx")!;
        JsonArray versions = (await BoxJson($"/2.0/files/{roadmap["id"]}/versions?limit=1000"))["entries"]!.AsArray();
        DateTimeOffset[] dates = [.. versions.Select(version => DateTimeOffset.Parse(version!["created_at"]!.GetValue<string>(), CultureInfo.InvariantCulture))];

        Assert.Equal(dates.OrderDescending(), dates);
        Assert.All(dates, date => Assert.InRange(date.Year, 2024, 2026));
        Assert.Equal(3, versions.Select(version => version!["modified_by"]!["name"]!.GetValue<string>()).Distinct().Count());
        Assert.Equal(["Draft Roadmap.xlsx", "Roadmap.xlsx"], versions.Select(version => version!["name"]!.GetValue<string>()).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(versions.Zip(versions.Skip(1)), pair => pair.First!["sha1"]!.GetValue<string>() == pair.Second!["sha1"]!.GetValue<string>());
    }

    [Fact]
    public async Task Audit_files_cannot_be_deleted()
    {
        await Control(HttpMethod.Post, "dataset", """{"name":"company"}""");
        JsonNode file = (await Control(HttpMethod.Get, "folders/27182"))["files"]!.AsArray().First(file => file!["path"]!.GetValue<string>().StartsWith("Finance/Audit/", StringComparison.Ordinal) && file["past"]!.GetValue<int>() > 0)!;
        JsonNode version = (await BoxJson($"/2.0/files/{file["id"]}/versions?fields=permissions,retention"))["entries"]![0]!;
        using HttpResponseMessage refused = await Http.SendAsync(Box(HttpMethod.Delete, $"/2.0/files/{file["id"]}/versions/{version["id"]}"));

        Assert.False(version["permissions"]!["can_delete"]!.GetValue<bool>());
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task An_attack_encrypts_and_renames_the_requested_number_of_files()
    {
        await Control(HttpMethod.Post, "dataset", """{"name":"archive","files":200}""");
        Dictionary<string, JsonNode> good = await FilesById();
        await Control(HttpMethod.Post, "reset");
        JsonNode loaded = await Control(HttpMethod.Post, "dataset", """{"name":"archive","files":200,"attacked":30}""");
        Dictionary<string, JsonNode> found = await FilesById();

        string[] encrypted = [.. found.Keys.Where(id => found[id]["path"]!.GetValue<string>().EndsWith(".docx.locked", StringComparison.Ordinal))];
        Assert.Equal(200, found.Count);
        Assert.Equal(30, encrypted.Length);
        Assert.Equal(3, found.Values.Sum(file => file["trashed"]!.GetValue<int>()));
        Assert.All(found.Keys.Except(encrypted), id => Assert.Equal(good[id].ToJsonString(), found[id].ToJsonString()));
        foreach (string id in encrypted)
        {
            JsonNode before = (await BoxJson($"/2.0/files/{id}/versions"))["entries"]![0]!;
            JsonNode current = await BoxJson($"/2.0/files/{id}?fields=modified_at,name");

            Assert.Equal(good[id]["sha1"]!.GetValue<string>(), before["sha1"]!.GetValue<string>());
            Assert.NotEqual(good[id]["sha1"]!.GetValue<string>(), found[id]["sha1"]!.GetValue<string>());
            Assert.True(Date(before["created_at"]!) < Date(loaded["attackedAt"]!));
            Assert.True(Date(current["modified_at"]!) >= Date(loaded["attackedAt"]!));
        }
    }

    [Fact]
    public async Task A_promotion_undoes_the_attack_on_a_file()
    {
        await Control(HttpMethod.Post, "dataset", """{"name":"archive","files":100}""");
        Dictionary<string, JsonNode> good = await FilesById();
        await Control(HttpMethod.Post, "reset");
        await Control(HttpMethod.Post, "dataset", """{"name":"archive","files":100,"attacked":20}""");
        foreach ((string id, JsonNode file) in await FilesById())
        {
            if (file["path"]!.GetValue<string>().EndsWith(".locked", StringComparison.Ordinal))
            {
                JsonNode version = (await BoxJson($"/2.0/files/{id}/versions"))["entries"]![0]!;
                using HttpResponseMessage restored = await Http.SendAsync(Box(HttpMethod.Put, $"/2.0/files/{id}/versions/{version["id"]}", """{"trashed_at":null}"""));
                using HttpResponseMessage promoted = await Http.SendAsync(Box(HttpMethod.Post, $"/2.0/files/{id}/versions/current", $$"""{"type":"file_version","id":"{{version["id"]}}"}"""));
                promoted.EnsureSuccessStatusCode();
            }
        }

        string[] State(Dictionary<string, JsonNode> files) => [.. files.Values.Select(file => $"{file["path"]} {file["sha1"]}").Order(StringComparer.Ordinal)];
        Assert.Equal(State(good), State(await FilesById()));
    }

    private static DateTimeOffset Date(JsonNode node) => DateTimeOffset.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture);

    private static string[] Names(JsonNode page) => [.. page["entries"]!.AsArray().Select(entry => entry!["name"]!.GetValue<string>())];

    private async Task<Dictionary<string, JsonNode>> FilesById() =>
        (await Control(HttpMethod.Get, "folders/31415"))["files"]!.AsArray().ToDictionary(file => file!["id"]!.GetValue<string>(), file => file!);
}
