using System.Net;
using System.Text.Json.Nodes;

namespace FileVersions.UnitTests.Emulator;

public sealed class BoxFolderTests : EmulatorTestBase
{
    private const string Seeded = """
        {"id":"700","name":"Finance","createdAt":"2024-01-01T00:00:00Z","webLinks":["Wiki"],
         "folders":[{"id":"701","name":"Budgets","files":[{"id":"71","name":"b.xlsx"}]},{"id":"403702","name":"Salaries"}],
         "files":[{"id":"73","name":"plan.docx","count":2},{"id":"72","name":"Annual.pdf"},{"id":"74","name":"zebra.png"}]}
        """;

    [Theory]
    [InlineData("555", 3, 5, 1)]
    [InlineData("0", 3, 5, 1)]
    [InlineData("800016", 0, 1_000_000, 0)]
    [InlineData("811511", 1, 10, 0)]
    [InlineData("802351", 2000, 50, 0)]
    [InlineData("8023510001999", 0, 50, 0)]
    [InlineData("838312", 3, 100, 0)]
    public async Task A_folder_id_determines_its_contents(string id, int folders, int files, int links)
    {
        JsonNode page = await BoxJson($"/2.0/folders/{id}/items?limit=1000");
        ILookup<string, JsonNode> byType = page["entries"]!.AsArray().ToLookup(entry => entry!["type"]!.GetValue<string>(), entry => entry!);

        Assert.Equal(folders + files + links, page["total_count"]!.GetValue<int>());
        Assert.Equal(folders, Math.Max(byType["folder"].Count(), folders > 1000 ? folders : 0));
        Assert.Equal(links, byType["web_link"].Count());
    }

    [Fact]
    public async Task Markers_and_offsets_return_the_same_items()
    {
        foreach (string id in new[] { "803212", "555", "8032120000007" })
        {
            string[] byMarker = await ByMarker(id, 70);
            string[] byOffset = await ByOffset(id, 70);

            Assert.Equal(byOffset, byMarker);
            Assert.Equal(byMarker.Distinct(), byMarker);
        }
    }

    [Fact]
    public async Task A_nested_tree_has_the_number_of_folders_and_files_that_its_id_specifies()
    {
        var seen = new HashSet<string>();
        int files = 0;
        var left = new Queue<string>(["824111"]);
        while (left.TryDequeue(out string? id))
        {
            foreach (JsonNode? entry in (await BoxJson($"/2.0/folders/{id}/items?limit=1000&usemarker=true"))["entries"]!.AsArray())
            {
                string child = entry!["id"]!.GetValue<string>();
                if (entry["type"]!.GetValue<string>() == "file")
                {
                    files++;
                }
                else
                {
                    Assert.True(seen.Add(child));
                    left.Enqueue(child);
                }
            }
        }

        Assert.Equal(40, seen.Count);
        Assert.Equal(41 * 10, files);
    }

    [Fact]
    public async Task A_very_large_folder_can_be_paged_by_marker()
    {
        int files = 0;
        string last = "";
        for (string? marker = ""; marker is not null;)
        {
            JsonNode page = await BoxJson($"/2.0/folders/800015/items?usemarker=true&limit=1000&fields=name&marker={marker}");
            string[] names = Names(page["entries"]!.AsArray());
            Assert.True(string.CompareOrdinal(last, names[0]) < 0);
            last = names[^1];
            files += names.Length;
            marker = page["next_marker"]?.GetValue<string>();
        }

        Assert.Equal(100_000, files);
        Assert.StartsWith("100000 ", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_precede_files_and_names_are_sorted()
    {
        await Control(HttpMethod.Post, "folders", Seeded);
        JsonArray entries = (await BoxJson("/2.0/folders/700/items?usemarker=true"))["entries"]!.AsArray();

        Assert.Equal(["Budgets", "Salaries", "Annual.pdf", "plan.docx", "zebra.png", "Wiki"], Names(entries));
        Assert.Equal(["folder", "folder", "file", "file", "file", "web_link"], entries.Select(entry => entry!["type"]!.GetValue<string>()));
        Assert.Equal(["700"], Ids((await BoxJson("/2.0/folders/0/items"))["entries"]!));
    }

    [Fact]
    public async Task Entries_have_the_requested_fields()
    {
        JsonNode file = (await BoxJson("/2.0/folders/555/items?fields=name,size,version_number,path_collection,url"))["entries"]!.AsArray().First(entry => entry!["type"]!.GetValue<string>() == "file")!;
        JsonNode mini = (await BoxJson("/2.0/folders/555/items"))["entries"]!.AsArray().First(entry => entry!["type"]!.GetValue<string>() == "file")!;

        Assert.Equal(["etag", "id", "name", "path_collection", "size", "type", "version_number"], Keys(file));
        Assert.Equal(["etag", "file_version", "id", "name", "sequence_id", "sha1", "type"], Keys(mini));
        Assert.Equal(["All Files", "Folder 555"], Names(file["path_collection"]!["entries"]!.AsArray()));
    }

    [Fact]
    public async Task A_single_file_equals_its_folder_entry()
    {
        const string Fields = "?fields=name,size,sha1,created_at,modified_at,modified_by,version_number,file_version,path_collection,parent,content_created_at";
        foreach (string folder in new[] { "555", "8032120000007" })
        {
            foreach (JsonNode? entry in (await BoxJson($"/2.0/folders/{folder}/items{Fields}"))["entries"]!.AsArray().Where(entry => entry!["type"]!.GetValue<string>() == "file"))
            {
                JsonNode file = await BoxJson($"/2.0/files/{entry!["id"]}{Fields}");

                Assert.Equal(entry.ToJsonString(), file.ToJsonString());
                Assert.Equal(folder, file["parent"]!["id"]!.GetValue<string>());
            }
        }
    }

    [Theory]
    [InlineData(0.05, 20, 130)]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1000, 1000)]
    public async Task The_share_of_files_with_history_can_be_set(double share, int min, int max)
    {
        await Control(HttpMethod.Patch, "settings", new JsonObject { ["boxHistoryShare"] = share, ["boxVersions"] = 7 }.ToJsonString());
        JsonArray entries = (await BoxJson("/2.0/folders/800013/items?limit=1000&fields=version_number"))["entries"]!.AsArray();
        JsonNode[] changed = [.. entries.Where(entry => entry!["version_number"]!.GetValue<string>() != "1").Select(entry => entry!)];

        Assert.InRange(changed.Length, min, max);
        Assert.All(changed, entry => Assert.Equal("8", entry["version_number"]!.GetValue<string>()));
        foreach (JsonNode entry in changed.Take(1).Concat(entries.Except(changed).Take(1).Select(entry => entry!)))
        {
            JsonNode page = await BoxJson($"/2.0/files/{entry["id"]}/versions");
            Assert.Equal(entry["version_number"]!.GetValue<string>() == "1" ? 0 : 7, page["total_count"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task The_form_of_a_marker_page_can_vary()
    {
        JsonNode usual = await BoxJson("/2.0/folders/555/items?usemarker=true&limit=1000");
        Assert.Equal(["entries", "limit", "next_marker", "order"], Keys(usual));
        Assert.Null(usual["next_marker"]);

        await Settings("""{"omitPaging":["limit"],"markerTotalCount":true,"lastMarker":"empty","numericIds":true}""");
        JsonNode last = await BoxJson("/2.0/folders/555/items?usemarker=true&limit=1000");
        Assert.Equal(["entries", "next_marker", "order", "total_count"], Keys(last));
        Assert.Equal("", last["next_marker"]!.GetValue<string>());
        Assert.True(last["entries"]![0]!["id"]!.GetValue<long>() > 0);

        await Settings("""{"lastMarker":"absent"}""");
        Assert.DoesNotContain("next_marker", Keys(await BoxJson("/2.0/folders/555/items?usemarker=true")));
    }

    [Fact]
    public async Task A_page_can_repeat_entries_of_the_previous_page()
    {
        string[] usual = await ByMarker("800013", 100);
        await Settings("""{"repeatEntries":3}""");
        string[] repeated = await ByMarker("800013", 100);

        Assert.Equal(1000 + (9 * 3), repeated.Length);
        Assert.Equal(usual, repeated.Distinct());
        Assert.Equal(repeated[97..100], repeated[100..103]);
    }

    [Fact]
    public async Task Files_that_appear_or_vanish_shift_offsets_but_not_markers()
    {
        string[] before = await ByMarker("800012", 10);
        await Settings("""{"growFolderWhilePaging":{"after":2,"count":2}}""");
        string[] grown = await ByMarker("800012", 10);
        Assert.Equal(before, grown[..100]);
        Assert.Equal("~ new 1", Names((await BoxJson("/2.0/folders/800012/items?limit=1000"))["entries"]!.AsArray())[^1]);

        await Control(HttpMethod.Post, "reset");
        await Settings("""{"shrinkFolderWhilePaging":{"after":2,"count":5}}""");
        string[] during = await ByMarker("800012", 10);
        Assert.Equal(before, during);
        Assert.Equal(before[5..], await ByMarker("800012", 10));

        await Control(HttpMethod.Post, "reset");
        await Settings("""{"shrinkFolderWhilePaging":{"after":2,"count":5}}""");
        string[] shifted = [.. before[..20], .. before[25..]];
        Assert.Equal(shifted, await ByOffset("800012", 10));
    }

    [Theory]
    [InlineData("4041", HttpStatusCode.NotFound, "not_found")]
    [InlineData("4031", HttpStatusCode.Forbidden, "access_denied_insufficient_permissions")]
    [InlineData("4091", HttpStatusCode.Conflict, "operation_blocked_temporary")]
    [InlineData("5001", HttpStatusCode.InternalServerError, "internal_server_error")]
    [InlineData("8023510002001", HttpStatusCode.NotFound, "not_found")]
    [InlineData("abc", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    public async Task An_unreadable_folder_returns_its_own_error(string id, HttpStatusCode status, string code)
    {
        foreach (string path in new[] { $"/2.0/folders/{id}/items", $"/2.0/folders/{id}" })
        {
            using HttpResponseMessage response = await GetBox(path);

            Assert.Equal(status, response.StatusCode);
            Assert.Equal(code, (await JsonOf(response))["code"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_blocked_folder_is_served_after_two_refusals()
    {
        var statuses = new List<HttpStatusCode>();
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage response = await GetBox("/2.0/folders/409/items");
            statuses.Add(response.StatusCode);
        }

        Assert.Equal([HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.OK], statuses);
    }

    [Fact]
    public async Task One_folder_contains_every_kind_of_special_folder()
    {
        string[] folders = [.. (await BoxJson("/2.0/folders/5991/items"))["entries"]!.AsArray().Where(IsFolder).Select(entry => entry!["id"]!.GetValue<string>())];
        JsonNode loop = await BoxJson("/2.0/folders/5081/items");

        Assert.Equal(["4031", "4041", "4091", "5001", "5081"], folders[^5..]);
        Assert.Contains("5081", loop["entries"]!.AsArray().Where(IsFolder).Select(entry => entry!["id"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?offset=10001", "offset")]
    [InlineData("?usemarker=true&marker=x", "marker")]
    [InlineData("?usemarker=true&marker=MS83L3g", "marker")]
    public async Task An_invalid_page_is_rejected(string query, string parameter)
    {
        using HttpResponseMessage response = await GetBox("/2.0/folders/555/items" + query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(parameter, (await JsonOf(response))["context_info"]!["errors"]![0]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_root_folder_has_no_parent_and_no_dates()
    {
        JsonNode root = await BoxJson("/2.0/folders/0");

        Assert.Equal("All Files", root["name"]!.GetValue<string>());
        Assert.All(new[] { "etag", "sequence_id", "created_at", "modified_at", "parent" }, name => Assert.Null(root[name]));
        Assert.Equal("", root["created_by"]!["id"]!.GetValue<string>());
        Assert.Equal(0, root["path_collection"]!["total_count"]!.GetValue<int>());
        Assert.Equal(9, root["item_collection"]!["total_count"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("/2.0/files/5", "25")]
    [InlineData("/2.0/folders/555", "0")]
    public async Task An_unchanged_item_is_not_sent_again(string path, string etag)
    {
        foreach ((string sent, HttpStatusCode status) in new[] { (etag, HttpStatusCode.NotModified), ($"\"{etag}\"", HttpStatusCode.NotModified), ("999", HttpStatusCode.OK) })
        {
            using HttpRequestMessage request = Box(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("If-None-Match", sent);
            using HttpResponseMessage response = await Http.SendAsync(request);

            Assert.Equal(status, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_trashed_file_is_removed_from_its_folder()
    {
        string[] before = await ByMarker("555", 100);
        string file = before[4];
        using HttpResponseMessage deleted = await Http.SendAsync(Box(HttpMethod.Delete, "/2.0/files/" + file[(file.IndexOf('/', StringComparison.Ordinal) + 1)..]));
        using HttpResponseMessage gone = await GetBox("/2.0/files/" + file[(file.IndexOf('/', StringComparison.Ordinal) + 1)..]);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal("trashed", (await JsonOf(gone))["code"]!.GetValue<string>());
        Assert.Equal(before.Where(item => item != file), await ByMarker("555", 100));
    }

    [Fact]
    public async Task A_promotion_renames_the_file_in_its_folder()
    {
        await Control(HttpMethod.Post, "folders", """{"id":"700","name":"F","files":[{"id":"1","name":"b.txt"},{"id":"2","current":{"name":"c.locked"},"versions":[{"id":"21","name":"a.txt"}]}]}""");
        using HttpResponseMessage promoted = await Http.SendAsync(Box(HttpMethod.Post, "/2.0/files/2/versions/current", """{"type":"file_version","id":"21"}"""));

        Assert.Equal(HttpStatusCode.Created, promoted.StatusCode);
        Assert.Equal(["a.txt", "b.txt"], Names((await BoxJson("/2.0/folders/700/items"))["entries"]!.AsArray()));
    }

    [Fact]
    public async Task A_promotion_fails_when_the_name_is_taken()
    {
        await Control(HttpMethod.Post, "folders", """
            {"id":"700","name":"F","folders":[{"id":"701","name":"plan"}],
             "files":[{"id":"1","name":"A.TXT"},{"id":"2","current":{"name":"x.locked"},"versions":[{"id":"22","name":"plan"},{"id":"21","name":"a.txt"}]}]}
            """);
        async Task<JsonNode> Promote(string version)
        {
            using HttpResponseMessage response = await Http.SendAsync(Box(HttpMethod.Post, "/2.0/files/2/versions/current", $$"""{"type":"file_version","id":"{{version}}"}"""));
            Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
            JsonNode error = await JsonOf(response);
            Assert.Equal("item_name_in_use", error["code"]!.GetValue<string>());
            return error["context_info"]!["conflicts"]!;
        }

        Assert.Equal("1", (await Promote("21"))["id"]!.GetValue<string>());
        Assert.Equal("701", (await Promote("22"))[0]!["id"]!.GetValue<string>());
        Assert.Equal("x.locked", (await BoxJson("/2.0/files/2"))["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_control_interface_describes_a_tree()
    {
        JsonNode created = await Control(HttpMethod.Post, "folders", Seeded);
        JsonNode described = await Control(HttpMethod.Get, "folders/700");

        Assert.Equal(created.ToJsonString(), described.ToJsonString());
        Assert.Equal(["Budgets/b.xlsx", "Annual.pdf", "plan.docx", "zebra.png"], described["files"]!.AsArray().Select(file => file!["path"]!.GetValue<string>()));
        Assert.Equal([0, 0, 2, 0], described["files"]!.AsArray().Select(file => file!["past"]!.GetValue<int>()));
    }

    private static bool IsFolder(JsonNode? entry) => entry!["type"]!.GetValue<string>() == "folder";

    private static string[] Keys(JsonNode node) => [.. node.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal)];

    private static string[] Names(JsonArray entries) => [.. entries.Select(entry => entry!["name"]!.GetValue<string>())];

    private static IEnumerable<string> Items(JsonNode page) => page["entries"]!.AsArray().Select(entry => $"{entry!["type"]}/{entry["id"]}");

    private async Task<string[]> ByMarker(string folder, int limit)
    {
        var items = new List<string>();
        for (string? marker = ""; marker is not null;)
        {
            JsonNode page = await BoxJson($"/2.0/folders/{folder}/items?usemarker=true&limit={limit}&marker={Uri.EscapeDataString(marker)}");
            items.AddRange(Items(page));
            marker = page["next_marker"]?.GetValue<string>();
        }

        return [.. items];
    }

    private async Task<string[]> ByOffset(string folder, int limit)
    {
        var items = new List<string>();
        for (int offset = 0, total = 1; offset < total; offset += limit)
        {
            JsonNode page = await BoxJson($"/2.0/folders/{folder}/items?limit={limit}&offset={offset}");
            items.AddRange(Items(page));
            total = page["total_count"]!.GetValue<int>();
        }

        return [.. items];
    }
}
