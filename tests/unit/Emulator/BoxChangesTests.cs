using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace FileVersions.UnitTests.Emulator;

public sealed class BoxChangesTests : EmulatorTestBase
{
    private const string Versions = "/2.0/files/5/versions";

    [Fact]
    public async Task A_deleted_version_stays_listed_as_trashed_and_can_be_restored()
    {
        string[] ids = await List();
        using HttpResponseMessage deleted = await Http.SendAsync(Box(HttpMethod.Delete, $"{Versions}/{ids[2]}"));
        using HttpResponseMessage again = await Http.SendAsync(Box(HttpMethod.Delete, $"{Versions}/{ids[2]}"));
        JsonNode listed = (await BoxJson(Versions))["entries"]![2]!;

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal("trashed", (await JsonOf(again))["code"]!.GetValue<string>());
        Assert.Equal(ids, await List());
        Assert.NotNull(listed["trashed_at"]);
        Assert.NotNull(listed["purged_at"]);
        Assert.Equal("101", listed["trashed_by"]!["id"]!.GetValue<string>());
        Assert.Equal(listed.ToJsonString(), (await BoxJson($"{Versions}/{ids[2]}")).ToJsonString());

        using HttpResponseMessage restored = await Http.SendAsync(Box(HttpMethod.Put, $"{Versions}/{ids[2]}", """{"trashed_at":null}"""));
        JsonNode version = await JsonOf(restored);
        Assert.Equal(HttpStatusCode.OK, restored.StatusCode);
        Assert.Null(version["trashed_at"]);
        Assert.Null(version["trashed_by"]);
        Assert.NotNull(version["restored_at"]);
        Assert.Equal("101", version["restored_by"]!["id"]!.GetValue<string>());
        Assert.Equal(ids, await List());
    }

    [Fact]
    public async Task Trashed_versions_can_be_omitted_from_the_list()
    {
        string[] ids = await List();
        await Settings("""{"boxListsTrashed":false}""");
        using HttpResponseMessage deleted = await Http.SendAsync(Box(HttpMethod.Delete, $"{Versions}/{ids[0]}"));
        JsonNode page = await BoxJson(Versions + "?limit=10&offset=10");

        Assert.Equal(ids[11..21], Ids(page["entries"]!));
        Assert.Equal(24, page["total_count"]!.GetValue<int>());
        Assert.NotNull((await BoxJson($"{Versions}/{ids[0]}"))["trashed_at"]);
    }

    [Fact]
    public async Task A_purged_version_is_not_found()
    {
        string[] ids = await List();
        await Control(HttpMethod.Delete, $"files/box/5/versions/{ids[3]}");
        using HttpResponseMessage response = await GetBox($"{Versions}/{ids[3]}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(ids.Where((_, index) => index != 3), await List());
    }

    [Fact]
    public async Task Trashing_a_version_does_not_shift_the_pages_but_purging_does()
    {
        string[] ids = await List();
        using HttpResponseMessage deleted = await Http.SendAsync(Box(HttpMethod.Delete, $"{Versions}/{ids[0]}"));
        Assert.Equal(ids[10..20], Ids((await BoxJson(Versions + "?limit=10&offset=10"))["entries"]!));

        await Control(HttpMethod.Delete, $"files/box/5/versions/{ids[0]}");
        Assert.Equal(ids[11..21], Ids((await BoxJson(Versions + "?limit=10&offset=10"))["entries"]!));
    }

    [Fact]
    public async Task The_version_number_of_a_file_counts_every_version_it_ever_had()
    {
        async Task<string> Number() => (await BoxJson("/2.0/files/5?fields=version_number"))["version_number"]!.GetValue<string>();
        string[] ids = await List();
        Assert.Equal("26", await Number());

        await Control(HttpMethod.Delete, $"files/box/5/versions/{ids[3]}");
        using HttpResponseMessage promoted = await Http.SendAsync(Box(HttpMethod.Post, Versions + "/current", $$"""{"type":"file_version","id":"{{ids[9]}}"}"""));
        Assert.Equal("27", await Number());
        Assert.Equal(["26", "25", "24"], (await BoxJson(Versions + "?limit=3&fields=version_number"))["entries"]!.AsArray().Select(version => version!["version_number"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_current_version_can_be_read_by_its_id()
    {
        JsonNode file = await BoxJson("/2.0/files/5?fields=file_version,created_at,version_number");
        string current = file["file_version"]!["id"]!.GetValue<string>();
        JsonNode version = await BoxJson($"{Versions}/{current}?fields=created_at,version_number");
        JsonNode newest = (await BoxJson(Versions))["entries"]![0]!;

        Assert.True(Date(version, "created_at") > Date(newest, "created_at"));
        Assert.True(Date(version, "created_at") > Date(file, "created_at"));
        Assert.Equal(file["version_number"]!.GetValue<string>(), version["version_number"]!.GetValue<string>());

        await Settings("""{"boxCurrentVersionReadable":false}""");
        using HttpResponseMessage refused = await GetBox($"{Versions}/{current}");
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task A_version_under_retention_cannot_be_deleted()
    {
        await Control(HttpMethod.Post, "files", """
            {"service":"box","id":"5","versions":[{"id":"4"},
             {"id":"3","createdAt":"2020-01-01T00:00:00Z","retained":{"until":"2020-12-31T00:00:00Z"}},{"id":"2","retained":{"until":"2120-01-01T00:00:00Z"}},{"id":"1","retained":{}}]}
            """);
        JsonNode entries = (await BoxJson(Versions + "?fields=retention,permissions"))["entries"]!;

        Assert.Equal([true, true, false, false], entries.AsArray().Select(version => version!["permissions"]!["can_delete"]!.GetValue<bool>()));
        Assert.Null(entries[0]!["retention"]);
        Assert.Equal("365", entries[1]!["retention"]!["winning_retention_policy"]!["retention_length"]!.GetValue<string>());
        Assert.Equal(new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero), Date(entries[2]!["retention"]!, "disposition_at"));
        Assert.Equal("indefinite", entries[3]!["retention"]!["winning_retention_policy"]!["retention_length"]!.GetValue<string>());
        Assert.Null(entries[3]!["retention"]!["disposition_at"]);
        Assert.DoesNotContain("retention", (await BoxJson(Versions))["entries"]![0]!.AsObject().Select(property => property.Key));

        foreach ((string id, HttpStatusCode status) in new[] { ("3", HttpStatusCode.NoContent), ("2", HttpStatusCode.Forbidden), ("1", HttpStatusCode.Forbidden) })
        {
            using HttpResponseMessage response = await Http.SendAsync(Box(HttpMethod.Delete, $"{Versions}/{id}"));
            Assert.Equal(status, response.StatusCode);
        }
    }

    [Fact]
    public async Task Retention_can_be_seeded_for_a_whole_file()
    {
        await Control(HttpMethod.Post, "files", """{"service":"box","id":"5","count":3,"retained":{}}""");
        JsonArray entries = (await BoxJson(Versions + "?fields=permissions"))["entries"]!.AsArray();

        Assert.Equal([false, false, false], entries.Select(version => version!["permissions"]!["can_delete"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task Retention_of_generated_versions_and_its_error_code_are_settings()
    {
        await Settings("""{"boxRetainEvery":10,"boxRetentionCode":"forbidden_by_policy"}""");
        JsonNode entries = (await BoxJson(Versions + "?fields=version_number,permissions"))["entries"]!;
        string[] retained = [.. entries.AsArray().Where(version => !version!["permissions"]!["can_delete"]!.GetValue<bool>()).Select(version => version!["version_number"]!.GetValue<string>())];
        string id = entries.AsArray().First(version => version!["version_number"]!.GetValue<string>() == "10")!["id"]!.GetValue<string>();
        using HttpResponseMessage refused = await Http.SendAsync(Box(HttpMethod.Delete, $"{Versions}/{id}"));

        Assert.Equal(["20", "10"], retained);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("forbidden_by_policy", (await JsonOf(refused))["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_promoted_version_is_copied_under_a_new_id()
    {
        string[] ids = await List();
        string before = (await BoxJson("/2.0/files/5"))["file_version"]!["id"]!.GetValue<string>();
        JsonNode source = await BoxJson($"{Versions}/{ids[9]}");
        using HttpResponseMessage response = await Http.SendAsync(Box(HttpMethod.Post, Versions + "/current", $$"""{"type":"file_version","id":"{{ids[9]}}"}"""));
        JsonNode promoted = await JsonOf(response);
        JsonNode file = await BoxJson("/2.0/files/5");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        string[] known = [before, .. ids];
        Assert.DoesNotContain(promoted["id"]!.GetValue<string>(), known);
        Assert.Equal(source["sha1"]!.GetValue<string>(), promoted["sha1"]!.GetValue<string>());
        Assert.Equal(promoted["id"]!.GetValue<string>(), file["file_version"]!["id"]!.GetValue<string>());
        string[] past = await List();
        Assert.Equal([before, .. ids], past);
    }

    [Fact]
    public async Task Promoting_a_version_restores_its_file_name()
    {
        await Control(HttpMethod.Post, "files", """{"service":"box","id":"5","current":{"name":"plan.docx.locked"},"versions":[{"id":"1","name":"plan.docx"}]}""");
        using HttpResponseMessage response = await Http.SendAsync(Box(HttpMethod.Post, Versions + "/current", """{"type":"file_version","id":"1"}"""));

        Assert.Equal("plan.docx", (await JsonOf(response))["name"]!.GetValue<string>());
        Assert.Equal("plan.docx", (await BoxJson("/2.0/files/5"))["name"]!.GetValue<string>());
        Assert.Equal(["plan.docx.locked", "plan.docx"], (await BoxJson(Versions))["entries"]!.AsArray().Select(version => version!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_different_etag_prevents_a_deletion()
    {
        string[] ids = await List();
        string etag = (await BoxJson("/2.0/files/5?fields=name"))["etag"]!.GetValue<string>();
        using HttpRequestMessage stale = Box(HttpMethod.Delete, $"{Versions}/{ids[0]}");
        stale.Headers.TryAddWithoutValidation("If-Match", etag + "0");
        using HttpRequestMessage fresh = Box(HttpMethod.Delete, $"{Versions}/{ids[0]}");
        fresh.Headers.TryAddWithoutValidation("If-Match", etag);
        using HttpResponseMessage refused = await Http.SendAsync(stale);
        using HttpResponseMessage done = await Http.SendAsync(fresh);

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        Assert.Equal("precondition_failed", (await JsonOf(refused))["code"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
    }

    [Theory]
    [InlineData("PUT", "/1", """{"trashed_at":null}""", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/1", """{"trashed_at":"2020-01-01T00:00:00Z"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/current", """{"type":"file_version","id":"1"}""", HttpStatusCode.NotFound)]
    [InlineData("POST", "/current", """{"id":5}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/current", "no json", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "/1", null, HttpStatusCode.NotFound)]
    [InlineData("DELETE", "", null, HttpStatusCode.MethodNotAllowed)]
    [InlineData("PATCH", "/1", "{}", HttpStatusCode.MethodNotAllowed)]
    public async Task An_invalid_change_is_rejected(string method, string path, string? body, HttpStatusCode status)
    {
        using HttpResponseMessage response = await Http.SendAsync(Box(new HttpMethod(method), Versions + path, body));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal((int)status, (await JsonOf(response))["status"]!.GetValue<int>());
        Assert.Equal(25, (await List()).Length);
    }

    [Fact]
    public async Task Concurrent_deletions_remove_only_the_named_versions()
    {
        string[] ids = Ids((await BoxJson("/2.0/files/900300001/versions?limit=1000"))["entries"]!);
        string[] deleted = [.. ids.Where((_, index) => index % 2 == 0)];
        await Parallel.ForEachAsync(deleted, async (id, cancellation) =>
        {
            using HttpResponseMessage response = await Http.SendAsync(Box(HttpMethod.Delete, $"/2.0/files/900300001/versions/{id}"), cancellation);
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        });

        JsonNode state = await Control(HttpMethod.Get, "files/box/900300001");
        Assert.Equal(ids.Except(deleted), Ids(state["versions"]!));
        Assert.Equal(deleted.Order(), Ids(state["trashed"]!).Order());
    }

    [Fact]
    public async Task Reset_restores_the_initial_state()
    {
        string[] ids = await List();
        using HttpResponseMessage deleted = await Http.SendAsync(Box(HttpMethod.Delete, $"{Versions}/{ids[0]}"));
        await Control(HttpMethod.Post, "reset");

        Assert.Equal(ids, await List());
    }

    private static DateTimeOffset Date(JsonNode node, string name) => DateTimeOffset.Parse(node[name]!.GetValue<string>(), CultureInfo.InvariantCulture);

    private async Task<string[]> List() => Ids((await BoxJson(Versions + "?limit=1000"))["entries"]!);
}
