using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FileVersions.UnitTests.Emulator;

public sealed class BoxEventTests : EmulatorTestBase
{
    private const string Events = "/2.0/events?stream_type=admin_logs";
    private const string Generated = """{"generated":{"count":1234,"from":"2026-01-01T00:00:00Z","to":"2026-01-31T00:00:00Z","root":"802111"}}""";

    [Fact]
    public async Task Paging_continues_until_a_chunk_is_empty()
    {
        await Control(HttpMethod.Post, "events", Generated);
        (JsonNode[] events, int[] chunks, string[] positions) = await ReadAll("&limit=1000");

        Assert.Equal([500, 500, 234, 0], chunks);
        Assert.Equal(1234, events.Select(item => item["event_id"]!.GetValue<string>()).Distinct().Count());
        Assert.Equal(events.Select(Date).Order(), events.Select(Date));
        Assert.Equal(positions[^2], positions[^1]);
        Assert.Equal(19, positions[0].Length);
        Assert.Equal(100, (await BoxJson(Events))["chunk_size"]!.GetValue<int>());
    }

    [Fact]
    public async Task Dates_and_types_select_events()
    {
        await Control(HttpMethod.Post, "events", Generated);
        (JsonNode[] events, _, _) = await ReadAll("&event_type=EDIT,DELETE&created_after=2026-01-10T00:00:00Z&created_before=2026-01-20T01:00:00%2B01:00");

        Assert.Equal(["DELETE", "EDIT"], events.Select(item => item["event_type"]!.GetValue<string>()).Distinct().Order(StringComparer.Ordinal));
        Assert.All(events, item => Assert.InRange(Date(item), new DateTimeOffset(2026, 1, 10, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 20, 0, 0, 0, TimeSpan.Zero)));
        Assert.InRange(events.Length, 1234 / 3 / 2 * 9 / 10, 1234 / 3 / 2 * 11 / 10);
    }

    [Fact]
    public async Task A_file_event_names_the_version_and_the_folder()
    {
        await Control(HttpMethod.Post, "events", Generated);
        JsonNode[] edits = (await ReadAll("&event_type=EDIT")).Events;
        JsonNode edit = edits.First(item => item["source"] is not null);
        JsonNode file = await BoxJson($"/2.0/files/{edit["source"]!["item_id"]}?fields=name,parent,file_version,size");

        Assert.Equal("file", edit["source"]!["item_type"]!.GetValue<string>());
        Assert.Equal(file["name"]!.GetValue<string>(), edit["source"]!["item_name"]!.GetValue<string>());
        Assert.Equal(file["parent"]!["id"]!.GetValue<string>(), edit["source"]!["parent"]!["id"]!.GetValue<string>());
        Assert.Equal(file["file_version"]!["id"]!.GetValue<string>(), edit["additional_details"]!["version_id"]!.GetValue<string>());
        Assert.Equal(file["size"]!.GetValue<long>(), edit["additional_details"]!["size"]!.GetValue<long>());
    }

    [Fact]
    public async Task Events_include_folders_deleted_files_and_events_without_a_source()
    {
        await Control(HttpMethod.Post, "events", Generated);
        (JsonNode[] events, _, _) = await ReadAll("");
        JsonNode[] folders = [.. events.Where(item => item["source"]?["item_type"]?.GetValue<string>() == "folder")];
        JsonNode deleted = events.First(item => item["event_type"]!.GetValue<string>() == "DELETE");
        using HttpResponseMessage gone = await GetBox($"/2.0/files/{deleted["source"]!["item_id"]}");

        Assert.NotEmpty(folders);
        Assert.All(folders, item => Assert.Equal("UPLOAD", item["event_type"]!.GetValue<string>()));
        Assert.All(folders, item => Assert.Null(item["additional_details"]));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Contains(events, item => item["source"] is null);
        Assert.Contains(events, item => item["source"] is JsonObject source && !source.ContainsKey("owned_by"));
    }

    [Fact]
    public async Task Changes_append_events()
    {
        await Control(HttpMethod.Post, "files", """{"service":"box","id":"5","current":{"name":"a.locked"},"versions":[{"id":"2","name":"a.txt"},{"id":"1","name":"a.txt"}]}""");
        using HttpResponseMessage promoted = await Http.SendAsync(Box(HttpMethod.Post, "/2.0/files/5/versions/current", """{"type":"file_version","id":"2"}"""));
        using HttpResponseMessage trashed = await Http.SendAsync(Box(HttpMethod.Delete, "/2.0/files/5/versions/1"));
        using HttpResponseMessage deleted = await Http.SendAsync(Box(HttpMethod.Delete, "/2.0/files/5"));
        string versionId = (await JsonOf(promoted))["id"]!.GetValue<string>();
        (JsonNode[] events, _, _) = await ReadAll("&created_after=" + DateTimeOffset.UtcNow.AddMinutes(-1).ToString("o", CultureInfo.InvariantCulture).Replace("+", "%2B", StringComparison.Ordinal));

        Assert.Equal(["FILE_VERSION_RESTORE", "RENAME", "DELETE"], events.Select(item => item["event_type"]!.GetValue<string>()));
        Assert.All(events, item => Assert.Equal(versionId, item["additional_details"]!["version_id"]!.GetValue<string>()));
        Assert.All(events, item => Assert.Equal("101", item["created_by"]!["id"]!.GetValue<string>()));
        Assert.Equal("a.txt", events[1]["source"]!["item_name"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_upload_appends_an_event_with_the_new_version()
    {
        using HttpRequestMessage request = Box(HttpMethod.Post, "/api/2.0/files/5/content");
        request.Content = new MultipartFormDataContent
        {
            { new StringContent("""{"name":"new.txt"}"""), "attributes" },
            { new ByteArrayContent([1, 2, 3]), "file", "new.txt" },
        };
        using HttpResponseMessage uploaded = await Http.SendAsync(request);
        string versionId = (await JsonOf(uploaded))["entries"]![0]!["file_version"]!["id"]!.GetValue<string>();
        (JsonNode[] events, _, _) = await ReadAll("");

        Assert.Equal(["EDIT", "RENAME"], events.Select(item => item["event_type"]!.GetValue<string>()));
        Assert.All(events, item => Assert.Equal(versionId, item["additional_details"]!["version_id"]!.GetValue<string>()));
        Assert.Equal(3, events[0]["additional_details"]!["size"]!.GetValue<long>());
    }

    [Fact]
    public async Task Events_can_be_seeded_in_any_order()
    {
        await Control(HttpMethod.Post, "events", """
            {"events":[{"type":"EDIT","createdAt":"2026-03-02T00:00:00+13:00","itemId":"7","createdBy":{"id":"9","name":"Eve","login":"eve@example.com"}},
             {"type":"LOCK_DESTROY","createdAt":"2026-03-03T00:00:00Z","itemType":null},
             {"type":"UPLOAD","createdAt":"2026-03-01T00:00:00Z","itemType":"folder","itemId":"555","itemName":"New"},
             {"type":"DELETE","createdAt":"2026-02-01T00:00:00Z","itemId":"4047","itemName":"gone.txt","versionId":"77"}]}
            """);
        (JsonNode[] events, _, _) = await ReadAll("");

        Assert.Equal(["DELETE", "UPLOAD", "EDIT", "LOCK_DESTROY"], events.Select(item => item["event_type"]!.GetValue<string>()));
        Assert.Equal("2026-03-02T00:00:00+13:00", events[2]["created_at"]!.GetValue<string>());
        Assert.Equal("eve@example.com", events[2]["created_by"]!["login"]!.GetValue<string>());
        Assert.Equal("77", events[0]["additional_details"]!["version_id"]!.GetValue<string>());
        Assert.Null(events[3]["source"]);
    }

    [Fact]
    public async Task A_data_set_includes_the_events_of_its_history()
    {
        await Control(HttpMethod.Post, "dataset", """{"name":"archive","files":60,"attacked":10}""");
        (JsonNode[] attack, _, _) = await ReadAll("&event_type=EDIT&created_after=2026-11-17T08:30:00-08:00&limit=500");

        Assert.Equal(10, attack.Length);
        Assert.All(attack, item => Assert.Equal("mallory@example.com", item["created_by"]!["login"]!.GetValue<string>()));
        Assert.All(attack, item => Assert.EndsWith(".locked", item["source"]!["item_name"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.Equal(10, (await ReadAll("&event_type=RENAME&limit=500")).Events.Length);
    }

    [Fact]
    public async Task A_position_can_be_a_number_and_a_chunk_can_be_shorter_than_its_limit()
    {
        await Control(HttpMethod.Post, "events", Generated);
        await Settings("""{"numericStreamPosition":true,"shortPages":true}""");
        JsonNode page = await BoxJson(Events + "&limit=100");

        Assert.Equal(JsonValueKind.Number, page["next_stream_position"]!.GetValueKind());
        Assert.Equal(50, page["chunk_size"]!.GetValue<int>());
        Assert.Equal(1234, (await ReadAll("&limit=100")).Events.Length);
    }

    [Fact]
    public async Task The_position_now_is_after_all_events()
    {
        await Control(HttpMethod.Post, "events", Generated);
        JsonNode now = await BoxJson(Events + "&stream_position=now");
        JsonNode rest = await BoxJson($"{Events}&stream_position={now["next_stream_position"]}");

        Assert.Equal(0, now["chunk_size"]!.GetValue<int>());
        Assert.Equal(0, rest["chunk_size"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("box-token-2", "", HttpStatusCode.Forbidden)]
    [InlineData("box-noscope", "", HttpStatusCode.Forbidden)]
    [InlineData(BoxToken, "&limit=0", HttpStatusCode.BadRequest)]
    [InlineData(BoxToken, "&stream_position=17", HttpStatusCode.BadRequest)]
    [InlineData(BoxToken, "&created_after=yesterday", HttpStatusCode.BadRequest)]
    public async Task An_unauthorized_or_invalid_request_is_rejected(string token, string query, HttpStatusCode status)
    {
        using HttpResponseMessage response = await GetBox(Events + query, token);

        Assert.Equal(status, response.StatusCode);
    }

    private static DateTimeOffset Date(JsonNode item) => DateTimeOffset.Parse(item["created_at"]!.GetValue<string>(), CultureInfo.InvariantCulture);

    private async Task<(JsonNode[] Events, int[] Chunks, string[] Positions)> ReadAll(string query)
    {
        var events = new List<JsonNode>();
        var chunks = new List<int>();
        var positions = new List<string> { "0" };
        do
        {
            JsonNode page = await BoxJson($"{Events}{query}&stream_position={positions[^1]}");
            chunks.Add(page["chunk_size"]!.GetValue<int>());
            events.AddRange(page["entries"]!.AsArray().Select(item => item!));
            positions.Add(page["next_stream_position"]!.ToString());
        }
        while (chunks[^1] > 0);

        return ([.. events], [.. chunks], [.. positions.Skip(1)]);
    }
}
