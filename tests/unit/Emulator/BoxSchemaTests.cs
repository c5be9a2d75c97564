using System.Text.Json.Nodes;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Emulator;

/// <summary>Validates the emulator's replies against Box's OpenAPI document.</summary>
public sealed class BoxSchemaTests : EmulatorTestBase
{
    private const string Document = "specs/box-file-versions.openapi.json";
    private const string AllFields = "name,size,created_at,modified_at,modified_by,trashed_at,trashed_by,restored_at,restored_by,purged_at,uploader_display_name,version_number";
    private const string Versions = "/2.0/files/5/versions";

    /// <summary>Known deviations of the real service: users can be null, and there are more error codes.</summary>
    private static readonly string[] s_knownDeviations =
    [
        "modified_by is null", "trashed_by is null", "restored_by is null",
        "\"invalid_limit\"", "\"invalid_offset\"", "\"access_denied_insufficient_permissions\"", "\"trashed\"", "\"rate_limit_exceeded\"",
    ];

    private readonly Lazy<OpenApiSchemas> _schemas = new(() => OpenApiSchemas.Load(SharedFactAttribute.Locate(Document)));

    [SharedFact(Document)]
    public async Task Pages_match_the_schema()
    {
        string[] queries = ["", "?limit=1000&fields=" + AllFields, "?fields=size", "?limit=3&offset=24", "?offset=10000&limit=1"];
        foreach (string query in queries)
        {
            await Matches("FileVersions", Versions + query);
            await Matches("FileVersions", "/2.0/files/903000001/versions" + query);
        }

        await Settings("""{"extraFields":true,"shortPages":true,"totalCountBias":3}""");
        await Matches("FileVersions", Versions + "?fields=" + AllFields);
    }

    [SharedFact(Document)]
    public async Task Single_versions_and_files_match_the_schema()
    {
        await Matches("File--Mini", "/2.0/files/5");
        await Matches("File--Mini", "/2.0/files/5?fields=file_version,name,size");
        await Matches("User--Mini", "/2.0/users/me");
        foreach (string id in Ids((await BoxJson(Versions))["entries"]!))
        {
            await Matches("FileVersion--Full", $"{Versions}/{id}");
            await Matches("FileVersion--Full", $"{Versions}/{id}?fields={AllFields}");
        }
    }

    [SharedFact(Document)]
    public async Task Changed_versions_match_the_schema()
    {
        string[] ids = Ids((await BoxJson(Versions))["entries"]!);
        using HttpResponseMessage deleted = await Http.SendAsync(Box(HttpMethod.Delete, $"{Versions}/{ids[0]}"));
        await Matches("FileVersion--Full", $"{Versions}/{ids[0]}?fields={AllFields}");
        await Matches("FileVersions", $"{Versions}?fields={AllFields},retention,permissions");
        using HttpResponseMessage restored = await Http.SendAsync(Box(HttpMethod.Put, $"{Versions}/{ids[0]}", """{"trashed_at":null}"""));
        Matches("FileVersion--Full", await JsonOf(restored));
        using HttpResponseMessage promoted = await Http.SendAsync(Box(HttpMethod.Post, Versions + "/current", $$"""{"type":"file_version","id":"{{ids[0]}}"}"""));
        Matches("FileVersion--Full", await JsonOf(promoted));
    }

    [SharedFact(Document)]
    public async Task Errors_match_the_schema()
    {
        string[] paths = [Versions + "?limit=0", Versions + "?offset=10001", Versions + "/1", "/2.0/files/404/versions", "/2.0/files/403/versions", "/2.0/files/abc/versions"];
        foreach (string path in paths)
        {
            using HttpResponseMessage response = await GetBox(path);
            Assert.False(response.IsSuccessStatusCode);
            Matches("ClientError", await JsonOf(response));
        }

        await Settings("""{"boxRateLimit":{"perWindow":0,"windowMs":1000}}""");
        using HttpResponseMessage limited = await GetBox(Versions);
        Matches("ClientError", await JsonOf(limited));
    }

    [SharedFact(Document)]
    public async Task Token_replies_match_the_schema()
    {
        var form = new Dictionary<string, string>
        {
            ["client_id"] = "box-client",
            ["client_secret"] = "box-secret",
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = "box-refresh",
        };
        using HttpResponseMessage granted = await Http.PostAsync("/oauth2/token", new FormUrlEncodedContent(form));
        using HttpResponseMessage refused = await Http.PostAsync("/oauth2/token", new FormUrlEncodedContent(form));

        JsonNode token = await JsonOf(granted);
        Assert.NotNull(token["access_token"]);
        Matches("AccessToken", token);
        JsonNode error = await JsonOf(refused);
        Assert.NotNull(error["error"]);
        Matches("OAuth2Error", error);
    }

    [SharedFact(Document)]
    public async Task The_check_detects_mismatches()
    {
        JsonNode page = await BoxJson(Versions + "?fields=" + AllFields);
        JsonObject entry = page["entries"]![0]!.AsObject();
        entry["id"] = 5;
        entry["size"] = "5";
        entry["type"] = "file";
        entry["created_at"] = "2020-01-01";
        entry.Remove("trashed_at");
        entry["trashed_at"] = null;
        page["entries"]![1]!.AsObject().Remove("id");
        page["total_count"] = 2.5;

        string[] found = [.. Mismatches("FileVersions", page).Select(fault => fault.Split(' ')[0]).Order(StringComparer.Ordinal)];
        Assert.Equal(["$.entries[0].created_at", "$.entries[0].id", "$.entries[0].size", "$.entries[0].type", "$.entries[1].id", "$.total_count"], found);
    }

    private static bool IsKnown(string fault) => s_knownDeviations.Any(known => fault.EndsWith(known, StringComparison.Ordinal));

    private async Task Matches(string schema, string path) => Matches(schema, await BoxJson(path));

    private void Matches(string schema, JsonNode reply) => Assert.Empty(Mismatches(schema, reply));

    private string[] Mismatches(string schema, JsonNode reply) => [.. _schemas.Value.Check(schema, reply).Where(fault => !IsKnown(fault))];
}
