using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace FileVersions.UnitTests.Emulator;

public sealed class BoxListingTests : EmulatorTestBase
{
    [Theory]
    [InlineData("12345", 25)]
    [InlineData("900000001", 0)]
    [InlineData("900042777", 42)]
    public async Task An_id_determines_the_number_of_past_versions(string fileId, int count)
    {
        JsonNode page = await BoxJson($"/2.0/files/{fileId}/versions?limit=1000");

        Assert.Equal(count, page["total_count"]!.GetValue<int>());
        Assert.Equal(count, Ids(page["entries"]!).Distinct().Count());
        Assert.Equal((1000, 0), (page["limit"]!.GetValue<int>(), page["offset"]!.GetValue<int>()));
    }

    [Fact]
    public async Task The_list_is_newest_first_without_the_current_version()
    {
        JsonNode page = await BoxJson("/2.0/files/900012001/versions?fields=version_number,created_at");
        JsonNode file = await BoxJson("/2.0/files/900012001?fields=file_version");
        string current = file["file_version"]!["id"]!.GetValue<string>();

        string[] numbers = [.. page["entries"]!.AsArray().Select(version => version!["version_number"]!.GetValue<string>())];
        Assert.Equal(Enumerable.Range(1, 12).Reverse().Select(n => n.ToString(CultureInfo.InvariantCulture)), numbers);
        Assert.DoesNotContain(current, Ids(page["entries"]!));
        JsonNode one = await BoxJson($"/2.0/files/900012001/versions/{current}?fields=version_number");
        Assert.Equal("13", one["version_number"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("?limit=5000", 1000, 0, 1000)]
    [InlineData("?limit=7&offset=2995", 7, 2995, 5)]
    [InlineData("", 100, 0, 100)]
    [InlineData("?limit=10&offset=10000", 10, 10000, 0)]
    public async Task A_page_reports_the_limit_that_was_applied(string query, int limit, int offset, int entries)
    {
        JsonNode page = await BoxJson("/2.0/files/903000001/versions" + query);

        Assert.Equal((limit, offset), (page["limit"]!.GetValue<int>(), page["offset"]!.GetValue<int>()));
        Assert.Equal(entries, page["entries"]!.AsArray().Count);
        Assert.Equal(3000, page["total_count"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("?limit=0", "invalid_limit")]
    [InlineData("?limit=-1", "invalid_limit")]
    [InlineData("?limit=many", "invalid_limit")]
    [InlineData("?offset=10001", "invalid_offset")]
    [InlineData("?offset=-1", "invalid_offset")]
    public async Task An_invalid_window_is_rejected(string query, string code)
    {
        using HttpResponseMessage response = await GetBox("/2.0/files/912000001/versions" + query);

        JsonNode error = await JsonOf(response);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, error["code"]!.GetValue<string>());
        Assert.Equal(query.Split('?', '=')[1], error["context_info"]!["errors"]![0]!["name"]!.GetValue<string>());
        Assert.NotEqual("", Header(response, "box-request-id"));
        Assert.NotEqual(Header(response, "box-request-id"), error["request_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Only_requested_fields_are_returned()
    {
        JsonNode asked = await BoxJson("/2.0/files/7/versions?limit=1&fields=size,trashed_by,nonsense");
        JsonNode standard = await BoxJson("/2.0/files/7/versions?limit=1");

        Assert.Equal(["id", "sha1", "size", "trashed_by", "type"], asked["entries"]![0]!.AsObject().Select(p => p.Key).Order());
        Assert.DoesNotContain("version_number", standard["entries"]![0]!.AsObject().Select(p => p.Key));
        Assert.Contains("uploader_display_name", standard["entries"]![0]!.AsObject().Select(p => p.Key));
    }

    [Theory]
    [InlineData("4041", HttpStatusCode.NotFound, "not_found")]
    [InlineData("4031", HttpStatusCode.Forbidden, "access_denied_insufficient_permissions")]
    [InlineData("abc", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    [InlineData("a%20b%2F..%2F..%2Fusers%2Fme%3Fx=%23", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    public async Task An_unavailable_file_returns_its_own_error(string fileId, HttpStatusCode status, string code)
    {
        foreach (string path in new[] { $"/2.0/files/{fileId}/versions", $"/2.0/files/{fileId}/versions/1", $"/2.0/files/{fileId}", $"/2.0/files/{fileId}/content" })
        {
            using HttpResponseMessage response = await GetBox(path);

            Assert.Equal(status, response.StatusCode);
            Assert.Equal(code, (await JsonOf(response))["code"]!.GetValue<string>());
        }
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "Bearer realm=\"Service\"")]
    [InlineData("nobody", HttpStatusCode.Unauthorized, "error=\"invalid_token\"")]
    [InlineData("box-expired", HttpStatusCode.Unauthorized, "expired")]
    [InlineData("box-noscope", HttpStatusCode.Forbidden, "error=\"insufficient_scope\"")]
    public async Task An_invalid_token_gets_a_challenge_without_a_body(string? token, HttpStatusCode status, string challenge)
    {
        using HttpRequestMessage request = Box(HttpMethod.Get, "/2.0/files/1/versions", token: token ?? "x");
        request.Headers.Authorization = token is null ? null : request.Headers.Authorization;
        using HttpResponseMessage response = await Http.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        Assert.Contains(challenge, Header(response, "WWW-Authenticate"));
    }

    [Fact]
    public async Task A_reply_shows_the_account_or_As_User()
    {
        async Task<string> Uploader(string token, string? asUser)
        {
            using HttpRequestMessage request = Box(HttpMethod.Get, "/2.0/files/1/versions?limit=1", token: token);
            if (asUser is not null)
            {
                request.Headers.Add("As-User", asUser);
            }

            using HttpResponseMessage response = await Http.SendAsync(request);
            return (await JsonOf(response))["entries"]![0]!["uploader_display_name"]!.GetValue<string>();
        }

        Assert.Equal("Ada Admin", await Uploader("box-token", null));
        Assert.Equal("Ben Backup", await Uploader("box-token-2", null));
        Assert.Equal("Ben Backup", await Uploader("box-token", "202"));
        Assert.Equal(1, await Stat("box.asUsers.202"));
        Assert.Equal("101", (await BoxJson("/2.0/users/me"))["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task As_User_can_be_refused()
    {
        using HttpRequestMessage request = Box(HttpMethod.Get, "/2.0/files/1/versions");
        request.Headers.Add("As-User", "403403");
        using HttpResponseMessage response = await Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("error", (await JsonOf(response))["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task Short_pages_omit_versions_that_the_total_includes()
    {
        string[] all = Ids((await BoxJson("/2.0/files/900700001/versions?limit=1000"))["entries"]!);
        await Settings("""{"shortPages":true}""");
        var seen = new List<string>();
        bool anyEmpty = false;
        for (int offset = 0; offset < 700; offset += 50)
        {
            JsonNode page = await BoxJson($"/2.0/files/900700001/versions?limit=50&offset={offset}");
            Assert.Equal(700, page["total_count"]!.GetValue<int>());
            anyEmpty |= page["entries"]!.AsArray().Count == 0;
            seen.AddRange(Ids(page["entries"]!));
        }

        JsonNode state = await Control(HttpMethod.Get, "files/box/900700001");
        Assert.True(anyEmpty);
        Assert.InRange(seen.Count, 1, 699);
        Assert.Equal(all.Intersect(seen), seen);
        Assert.Equal(Ids(state["versions"]!), seen);
    }

    [Fact]
    public async Task Paging_values_can_be_omitted_or_too_high()
    {
        await Settings("""{"omitPaging":["limit","offset"],"totalCountBias":5}""");
        JsonNode page = await BoxJson("/2.0/files/1/versions?limit=10");

        Assert.Null(page["limit"]);
        Assert.Null(page["offset"]);
        Assert.Equal(30, page["total_count"]!.GetValue<int>());
    }

    [Fact]
    public async Task Versions_can_appear_and_vanish_between_pages()
    {
        await Settings("""{"growWhilePaging":{"after":1,"count":3}}""");
        string[] before = Ids((await BoxJson("/2.0/files/1/versions?limit=30"))["entries"]!);
        string[] after = Ids((await BoxJson("/2.0/files/1/versions?limit=30"))["entries"]!);
        Assert.Equal(28, after.Length);
        Assert.Equal(before, after[3..]);

        await Control(HttpMethod.Post, "reset");
        await Settings("""{"shrinkWhilePaging":{"after":2,"count":4}}""");
        Assert.Equal(before, Ids((await BoxJson("/2.0/files/1/versions?limit=30"))["entries"]!));
        Assert.Equal(before, Ids((await BoxJson("/2.0/files/1/versions?limit=30"))["entries"]!));
        Assert.Equal(before[4..], Ids((await BoxJson("/2.0/files/1/versions?limit=30"))["entries"]!));
    }

    [Fact]
    public async Task A_reply_is_compressed_on_request()
    {
        string plain = (await BoxJson("/2.0/files/1/versions")).ToJsonString();
        using var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip };
        using var http = new HttpClient(handler) { BaseAddress = Emulator.ApiUri };
        for (int time = 0; time < 2; time++)
        {
            using HttpRequestMessage request = Box(HttpMethod.Get, "/2.0/files/1/versions");
            using HttpResponseMessage response = await http.SendAsync(request);
            Assert.Equal(plain, (await JsonOf(response)).ToJsonString());
        }

        using HttpRequestMessage raw = Box(HttpMethod.Get, "/2.0/files/1/versions");
        raw.Headers.Add("Accept-Encoding", "gzip");
        using HttpResponseMessage compressed = await Http.SendAsync(raw);
        Assert.Equal("gzip", Header(compressed, "Content-Encoding"));
        Assert.True((await compressed.Content.ReadAsByteArrayAsync()).Length < plain.Length / 2);
    }

    [Fact]
    public async Task Individual_versions_of_a_file_can_be_seeded()
    {
        await Control(HttpMethod.Post, "files", """
            {"service":"box","id":"77","name":"../../x","current":{"id":"9000"},
             "versions":[{"id":"3","size":5,"fields":{"permissions":{"can":true},"size":1.2e3}},{"id":"2","name":"CON","createdAt":"2020-02-29T23:59:59+13:00"},{"raw":{"id":7,"type":"file_version"}}]}
            """);
        JsonNode entries = (await BoxJson("/2.0/files/77/versions"))["entries"]!;

        Assert.Equal("../../x", entries[0]!["name"]!.GetValue<string>());
        Assert.Equal("1.2e3", entries[0]!["size"]!.ToJsonString());
        Assert.True(entries[0]!["permissions"]!["can"]!.GetValue<bool>());
        Assert.Equal("CON", entries[1]!["name"]!.GetValue<string>());
        Assert.Equal("2020-02-29T23:59:59+13:00", entries[1]!["created_at"]!.GetValue<string>());
        Assert.Equal("""{"id":7,"type":"file_version"}""", entries[2]!.ToJsonString());
        Assert.Equal("9000", (await BoxJson("/2.0/files/77"))["file_version"]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Without_generated_files_only_seeded_files_exist()
    {
        await Settings("""{"autoFiles":false}""");
        await Control(HttpMethod.Post, "files", """{"service":"box","id":"77","count":2}""");
        using HttpResponseMessage other = await GetBox("/2.0/files/78/versions");

        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        Assert.Equal(2, (await BoxJson("/2.0/files/77/versions"))["total_count"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_unknown_setting_is_an_error()
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/_emulator/settings") { Content = new StringContent("""{"latencyMS2":1}""") };
        using HttpResponseMessage response = await Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
