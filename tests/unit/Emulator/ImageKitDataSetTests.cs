using System.Globalization;
using System.Text.Json.Nodes;

namespace FileVersions.UnitTests.Emulator;

public sealed class ImageKitDataSetTests : EmulatorTestBase
{
    [Fact]
    public async Task The_company_data_set_is_reproducible_and_plausible()
    {
        JsonNode loaded = await Control(HttpMethod.Post, "dataset", """{"service":"ik","name":"company"}""");
        JsonArray files = await Library("/meridian-works/");
        string before = files.ToJsonString();
        await Control(HttpMethod.Post, "reset");
        await Control(HttpMethod.Post, "dataset", """{"service":"ik","name":"company"}""");
        JsonArray listed = (await IkJson("/v1/files?searchQuery=" + Uri.EscapeDataString("""path : "/meridian-works/" """))).AsArray();

        Assert.Equal(before, (await Library("/meridian-works/")).ToJsonString());
        Assert.Equal("/meridian-works/", loaded["folder"]!.GetValue<string>());
        Assert.Equal((loaded["files"]!.GetValue<int>(), files.Count), (files.Count, listed.Count));
        Assert.Equal(files.Count, files.Select(file => file!["path"]!.GetValue<string>()).Distinct().Count());
        Assert.InRange(files.Count(file => file!["past"]!.GetValue<int>() == 0), 60, 120);
        Assert.InRange(files.Max(file => file!["past"]!.GetValue<int>()), 15, 30);
        Assert.Equal(["image", "non-image"], listed.Select(file => file!["fileType"]!.GetValue<string>()).Distinct().Order());
        Assert.Equal(3, listed.Count(file => file!["isPrivateFile"]!.GetValue<bool>()));
        Assert.All(listed, file => Assert.True(Date(file!["createdAt"]) <= Date(file["updatedAt"])));
    }

    [Fact]
    public async Task An_attack_is_undone_by_restoring_the_version_that_was_replaced()
    {
        await Control(HttpMethod.Post, "dataset", """{"service":"ik","name":"archive","files":120}""");
        Dictionary<string, string> good = await Contents();
        await Control(HttpMethod.Post, "reset");
        JsonNode loaded = await Control(HttpMethod.Post, "dataset", """{"service":"ik","name":"archive","files":120,"attacked":20}""");
        string[] encrypted = [.. (await Contents()).Where(file => good[file.Key] != file.Value).Select(file => file.Key)];

        Assert.Equal(20, encrypted.Length);
        foreach (string id in encrypted)
        {
            JsonArray versions = (await IkJson($"/v1/files/{id}/versions")).AsArray();
            JsonNode replaced = versions.Single(version => version!["type"]!.ToString() == "file-version" && Date(version["createdAt"]) >= Date(loaded["attackedAt"]))!;
            using HttpResponseMessage restored = await Http.SendAsync(Ik(HttpMethod.Put, $"/v1/files/{id}/versions/{replaced["versionInfo"]!["id"]}/restore"));
            restored.EnsureSuccessStatusCode();
        }

        Assert.Equal(good, await Contents());
    }

    [Fact]
    public async Task A_data_set_of_two_thousand_files_is_loaded_and_listed()
    {
        JsonNode loaded = await Control(HttpMethod.Post, "dataset", """{"service":"ik","name":"archive","files":2000,"attacked":300}""");
        var ids = new HashSet<string>();
        for (int skip = 0; skip < 2000; skip += 1000)
        {
            JsonArray page = (await IkJson($"/v1/files?searchQuery=path%20%3A%20%22%2Farchive%2F%22&limit=1000&skip={skip}")).AsArray();
            ids.UnionWith(page.Select(file => file!["fileId"]!.GetValue<string>()));
        }

        Assert.Equal((2000, 2000), (loaded["files"]!.GetValue<int>(), ids.Count));
        Assert.Equal(300, (await IkJson("/v1/files?searchQuery=" + Uri.EscapeDataString($"""path : "/archive/" AND updatedAt >= "{loaded["attackedAt"]}" """))).AsArray().Count);
    }

    private static DateTimeOffset Date(JsonNode? node) => DateTimeOffset.Parse(node!.GetValue<string>(), CultureInfo.InvariantCulture);

    private async Task<JsonArray> Library(string folder) => (await Control(HttpMethod.Get, "library?folder=" + folder))["files"]!.AsArray();

    private async Task<Dictionary<string, string>> Contents() =>
        (await Library("/archive/")).ToDictionary(file => file!["id"]!.GetValue<string>(), file => file!["sha1"]!.GetValue<string>());
}
