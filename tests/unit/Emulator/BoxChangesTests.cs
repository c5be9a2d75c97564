using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace FileVersions.UnitTests.Emulator;

public sealed class BoxChangesTests : EmulatorTestBase
{
    private const string Versions = "/2.0/files/5/versions";

    [Fact]
    public async Task A_deleted_version_leaves_the_list_and_can_come_back()
    {
        string[] ids = await List();
        using HttpResponseMessage deleted = await Http.SendAsync(Box(HttpMethod.Delete, $"{Versions}/{ids[2]}"));
        using HttpResponseMessage again = await Http.SendAsync(Box(HttpMethod.Delete, $"{Versions}/{ids[2]}"));
        JsonNode inTrash = await BoxJson($"{Versions}/{ids[2]}");

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal("trashed", (await JsonOf(again))["code"]!.GetValue<string>());
        Assert.Equal(ids.Where((_, place) => place != 2), await List());
        Assert.NotNull(inTrash["trashed_at"]);
        Assert.NotNull(inTrash["purged_at"]);
        Assert.Equal("101", inTrash["trashed_by"]!["id"]!.GetValue<string>());

        using HttpResponseMessage restored = await Http.SendAsync(Box(HttpMethod.Put, $"{Versions}/{ids[2]}", """{"trashed_at":null}"""));
        JsonNode version = await JsonOf(restored);
        Assert.Equal(HttpStatusCode.OK, restored.StatusCode);
        Assert.Null(version["trashed_at"]);
        Assert.NotNull(version["restored_at"]);
        Assert.Equal(ids, await List());
    }

    [Fact]
    public async Task Deleting_while_paging_shifts_the_pages()
    {
        string[] ids = await List();
        using HttpResponseMessage deleted = await Http.SendAsync(Box(HttpMethod.Delete, $"{Versions}/{ids[0]}"));
        JsonNode page = await BoxJson(Versions + "?limit=10&offset=10");

        Assert.Equal(ids[11..21], Ids(page["entries"]!));
        Assert.Equal(24, page["total_count"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_promoted_version_is_copied_to_the_top_under_a_new_id()
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
    public async Task An_etag_that_differs_stops_a_delete()
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
    public async Task A_change_that_cannot_be_is_refused(string method, string path, string? body, HttpStatusCode status)
    {
        using HttpResponseMessage response = await Http.SendAsync(Box(new HttpMethod(method), Versions + path, body));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal((int)status, (await JsonOf(response))["status"]!.GetValue<int>());
        Assert.Equal(25, (await List()).Length);
    }

    [Fact]
    public async Task Many_deletes_at_once_take_just_what_they_name()
    {
        string[] ids = Ids((await BoxJson("/2.0/files/900300001/versions?limit=1000"))["entries"]!);
        string[] doomed = [.. ids.Where((_, place) => place % 2 == 0)];
        await Parallel.ForEachAsync(doomed, async (id, cancellation) =>
        {
            using HttpResponseMessage response = await Http.SendAsync(Box(HttpMethod.Delete, $"/2.0/files/900300001/versions/{id}"), cancellation);
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        });

        JsonNode state = await Control(HttpMethod.Get, "files/box/900300001");
        Assert.Equal(ids.Except(doomed), Ids(state["versions"]!));
        Assert.Equal(doomed.Order(), Ids(state["trashed"]!).Order());
    }

    [Fact]
    public async Task Reset_brings_everything_back()
    {
        string[] ids = await List();
        using HttpResponseMessage deleted = await Http.SendAsync(Box(HttpMethod.Delete, $"{Versions}/{ids[0]}"));
        await Control(HttpMethod.Post, "reset");

        Assert.Equal(ids, await List());
    }

    private async Task<string[]> List() => Ids((await BoxJson(Versions + "?limit=1000"))["entries"]!);
}
