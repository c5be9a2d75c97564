using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FileVersions.UnitTests.Emulator;

public sealed class ImageKitTests : EmulatorTestBase
{
    [Theory]
    [InlineData("any_File-1", 10)]
    [InlineData("n001-x", 1)]
    [InlineData("n042-x", 42)]
    [InlineData("n999-x", 100)]
    public async Task The_list_is_a_plain_array_with_the_current_version_first(string fileId, int count)
    {
        JsonNode list = await IkJson($"/v1/files/{fileId}/versions?limit=2&skip=1");

        Assert.Equal(count, VersionIds(list).Distinct().Count());
        Assert.Equal(["file", .. Enumerable.Repeat("file-version", count - 1)], list.AsArray().Select(v => v!["type"]!.GetValue<string>()));
        Assert.All(list.AsArray(), version => Assert.Equal(fileId, version!["fileId"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_single_version_equals_its_list_entry()
    {
        string fileId = await FileWhere(isPrivate: false);
        JsonNode list = await IkJson($"/v1/files/{fileId}/versions");
        foreach (JsonNode? version in list.AsArray())
        {
            JsonNode one = await IkJson($"/v1/files/{fileId}/versions/{version!["versionInfo"]!["id"]}");
            Assert.Equal(version.ToJsonString(), one.ToJsonString());
        }
    }

    [Fact]
    public async Task Variants_differ_as_documented()
    {
        async Task<JsonArray> List(string variant)
        {
            await Settings($$"""{"ikVariant":"{{variant}}"}""");
            return (await IkJson("/v1/files/n009-variants/versions")).AsArray();
        }

        JsonArray full = await List("full");
        JsonArray old = await List("old");
        JsonArray nulls = await List("nulls");
        JsonArray odd = await List("odd");

        Assert.True(full[0]!.AsObject().ContainsKey("mime") && full[0]!.AsObject().ContainsKey("isPublished"));
        Assert.False(old[0]!.AsObject().ContainsKey("mime") || old[0]!.AsObject().ContainsKey("isPublished"));
        Assert.All(new[] { "tags", "AITags", "embeddedMetadata", "customCoordinates" }, name => Assert.True(nulls[0]!.AsObject().ContainsKey(name) && nulls[0]![name] is null));
        Assert.Equal(JsonValueKind.Object, odd[0]!["AITags"]!.GetValueKind());
        Assert.Equal("file-version", odd[0]!["type"]!.GetValue<string>());
        Assert.Single(odd, version => version!["type"]!.GetValue<string>() == "file");
        Assert.True(VersionIds(odd).Distinct().Count() < odd.Count);
        Assert.Equal(9, odd.Count);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("private_wrong", HttpStatusCode.Forbidden)]
    public async Task A_missing_or_wrong_key_is_rejected(string? key, HttpStatusCode status)
    {
        using HttpRequestMessage request = Ik(HttpMethod.Get, "/v1/files/a/versions", key ?? "");
        request.Headers.Authorization = key is null ? null : request.Headers.Authorization;
        using HttpResponseMessage response = await Http.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        Assert.NotEqual("", Header(response, "x-ik-requestId"));
        Assert.NotEqual("", (await JsonOf(response))["message"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/v1/files/missing-1/versions", HttpStatusCode.NotFound, "The requested asset does not exist.")]
    [InlineData("/v1/files/a%20b/versions", HttpStatusCode.BadRequest, "Your request contains invalid fileId parameter.")]
    [InlineData("/v1/files/a/versions/none", HttpStatusCode.NotFound, "The requested asset does not exist.")]
    public async Task Errors_have_the_documented_messages(string path, HttpStatusCode status, string message)
    {
        using HttpResponseMessage response = await GetIk(path);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(message, (await JsonOf(response))["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task Only_past_versions_can_be_deleted()
    {
        string[] ids = VersionIds(await IkJson("/v1/files/f/versions"));
        using HttpResponseMessage refused = await Http.SendAsync(Ik(HttpMethod.Delete, $"/v1/files/f/versions/{ids[0]}"));
        using HttpResponseMessage done = await Http.SendAsync(Ik(HttpMethod.Delete, $"/v1/files/f/versions/{ids[3]}"));
        using HttpResponseMessage again = await Http.SendAsync(Ik(HttpMethod.Delete, $"/v1/files/f/versions/{ids[3]}"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("You cannot delete current version of a file.", (await JsonOf(refused))["message"]!.GetValue<string>());
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (done.StatusCode, again.StatusCode));
        Assert.Equal("The requested file version does not exist.", (await JsonOf(again))["message"]!.GetValue<string>());
        Assert.Equal(ids.Where((_, place) => place != 3), VersionIds(await IkJson("/v1/files/f/versions")));
        Assert.Equal(3, await Stat("ik.changes"));
    }

    [Fact]
    public async Task A_rate_limit_reports_its_reset_in_milliseconds()
    {
        await Settings("""{"ikRateLimit":{"perWindow":3,"windowMs":60000}}""");
        for (int i = 0; i < 3; i++)
        {
            await IkJson("/v1/files/a/versions");
        }

        using HttpResponseMessage limited = await GetIk("/v1/files/a/versions");
        using HttpResponseMessage other = await GetIk("/v1/files/a/versions", "private_other");

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (limited.StatusCode, other.StatusCode));
        Assert.Equal("3", Header(limited, "X-RateLimit-Limit"));
        Assert.Equal("60000", Header(limited, "X-RateLimit-Interval"));
        Assert.InRange(int.Parse(Header(limited, "X-RateLimit-Reset"), CultureInfo.InvariantCulture), 1, 60000);
        Assert.Equal("", Header(limited, "Retry-After"));
        Assert.Equal(1, await Stat("ik.limited"));
    }
}
