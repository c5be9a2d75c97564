using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace FileVersions.UnitTests.Emulator;

public sealed class ImageKitUploadTests : EmulatorTestBase
{
    private const string Address = "/api/v1/files/upload";

    private static readonly byte[] s_content = Encoding.UTF8.GetBytes("new content");

    [Fact]
    public async Task The_same_name_in_the_same_folder_creates_a_version()
    {
        await Seed();
        JsonArray before = await Versions("car");
        JsonNode reply = await Upload(("fileName", "car.jpg"), ("folder", "/products"), ("useUniqueFileName", "false"));
        JsonArray after = await Versions("car");

        Assert.Equal(("car", "/products/car.jpg", "Version 3"), (reply["fileId"]!.ToString(), reply["filePath"]!.ToString(), reply["versionInfo"]!["name"]!.ToString()));
        Assert.Equal(["Version 3", "Version 2", "Version 1"], after.Select(version => version!["versionInfo"]!["name"]!.ToString()));

        // The current version keeps its id; the replaced version gets a new one.
        Assert.Equal((VersionIds(before)[0], VersionIds(before)[1]), (VersionIds(after)[0], VersionIds(after)[2]));
        Assert.DoesNotContain(VersionIds(after)[1], VersionIds(before));
        Assert.Equal(before[0]!["createdAt"]!.ToString(), after[0]!["createdAt"]!.ToString());
        Assert.InRange(DateTimeOffset.Parse(after[1]!["createdAt"]!.ToString(), CultureInfo.InvariantCulture), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
        Assert.Equal(s_content, await Http.GetByteArrayAsync(after[0]!["url"] + "?tr=orig-true"));
        Assert.Equal((1, s_content.Length), (await Stat("uploads.ikVersions"), await Stat("uploads.bytes")));
    }

    [Fact]
    public async Task An_upload_reply_has_fewer_fields_than_other_replies()
    {
        await Seed();
        JsonObject plain = (await Upload(("fileName", "car.jpg"), ("folder", "/products"), ("useUniqueFileName", "false"))).AsObject();
        JsonObject asked = (await Upload(("fileName", "car.jpg"), ("folder", "/products"), ("useUniqueFileName", "false"), ("tags", "a,b"), ("responseFields", "tags,isPrivateFile"))).AsObject();
        await Settings("""{"ikOmitVersionInfo":true}""");
        JsonObject old = (await Upload(("fileName", "car.jpg"), ("folder", "/products"), ("useUniqueFileName", "false"))).AsObject();

        Assert.All(["type", "mime", "createdAt", "updatedAt", "tags", "isPrivateFile", "thumbnail"], name => Assert.False(plain.ContainsKey(name), name));
        Assert.True(plain.ContainsKey("thumbnailUrl") && plain.ContainsKey("height"));
        Assert.Equal(("a b", false), (string.Join(' ', asked["tags"]!.AsArray()), asked["isPrivateFile"]!.GetValue<bool>()));
        Assert.False(old.ContainsKey("versionInfo"));
    }

    [Fact]
    public async Task Attributes_that_an_upload_omits_are_lost()
    {
        await Seed();
        await Upload(
            ("fileName", "car.jpg"), ("folder", "/products"), ("useUniqueFileName", "false"), ("isPrivateFile", "true"), ("isPublished", "false"),
            ("tags", "red,fast"), ("customMetadata", """{"brand":"Nova"}"""), ("customCoordinates", "1,2,3,4"), ("description", "A car"));
        JsonNode full = await IkJson("/v1/files/car/details");
        await Upload(("fileName", "car.jpg"), ("folder", "/products"), ("useUniqueFileName", "false"), ("overwriteTags", "false"), ("overwriteCustomMetadata", "false"));
        JsonNode kept = await IkJson("/v1/files/car/details");
        await Upload(("fileName", "car.jpg"), ("folder", "/products"), ("useUniqueFileName", "false"));
        JsonNode lost = await IkJson("/v1/files/car/details");

        Assert.Equal(("red fast", "Nova", "1,2,3,4", "A car", true, false), Attributes(full));
        Assert.Equal(("red fast", "Nova", "", null, false, true), Attributes(kept));
        Assert.Equal(("", null, "", null, false, true), Attributes(lost));
    }

    [Fact]
    public async Task A_sanitised_name_can_create_another_file()
    {
        await Control(HttpMethod.Post, "files", """{"service":"ik","id":"team","folder":"/","name":"team photo.jpg"}""");
        JsonNode reply = await Upload(("fileName", "team photo.jpg"), ("folder", "/"), ("useUniqueFileName", "false"));

        Assert.Equal("team_photo.jpg", reply["name"]!.ToString());
        Assert.NotEqual("team", reply["fileId"]!.ToString());
        Assert.Equal(reply["versionInfo"]!["id"]!.ToString(), reply["fileId"]!.ToString());
        Assert.Single(await Versions("team"));
    }

    [Fact]
    public async Task Without_useUniqueFileName_false_another_file_is_created()
    {
        await Seed();
        JsonNode reply = await Upload(("fileName", "car.jpg"), ("folder", "/products"));

        Assert.Matches("^car_[A-Za-z0-9]{5}\\.jpg$", reply["name"]!.ToString());
        Assert.Equal(2, (await Versions("car")).Count);
    }

    [Fact]
    public async Task An_upload_can_add_a_version_to_a_generated_file()
    {
        string fileId = await FileWhere(isPrivate: false, "new_car.jpg");
        JsonNode details = await IkJson($"/v1/files/{fileId}/details");
        JsonNode other = await Upload(("fileName", details["name"]!.ToString()), ("folder", "/" + fileId), ("useUniqueFileName", "false"));
        JsonNode tree = await IkJson("/v1/files/tree-100-2-3/details");
        string folder = tree["filePath"]!.ToString()[..^tree["name"]!.ToString().Length];
        JsonNode reply = await Upload(("fileName", tree["name"]!.ToString()), ("folder", folder), ("useUniqueFileName", "false"));

        // The underscore is kept.
        Assert.Equal(fileId, other["fileId"]!.ToString());
        Assert.Equal(("tree-100-2-3", "Version 2"), (reply["fileId"]!.ToString(), reply["versionInfo"]!["name"]!.ToString()));
        Assert.Equal(100, (await IkJson("/v1/files?searchQuery=" + Uri.EscapeDataString("""path : "/tree-100-2" """))).AsArray().Count);
    }

    [Theory]
    [InlineData("overwriteFile", "A file with the same name already exists at the exact location. We could not overwrite it because both overwriteFile and useUniqueFileName are set to false.")]
    [InlineData("ikUploadsTooMany", "You have sent too many requests to update the file recently. Please try again later.")]
    [InlineData("ikUploadLimit", "The file size exceeds limits")]
    [InlineData("fileName", "Missing fileName parameter for upload")]
    [InlineData("file", "Missing file parameter for upload")]
    public async Task An_invalid_upload_is_rejected(string reason, string message)
    {
        await Seed();
        await Settings(reason switch { "ikUploadsTooMany" => """{"ikUploadsTooMany":1}""", "ikUploadLimit" => """{"ikUploadLimit":5}""", _ => "{}" });
        var fields = new List<(string, string)> { ("folder", "/products"), ("useUniqueFileName", "false"), ("overwriteFile", reason == "overwriteFile" ? "false" : "true") };
        if (reason != "fileName")
        {
            fields.Add(("fileName", "car.jpg"));
        }

        using HttpResponseMessage response = await Send(reason == "file" ? null : s_content, [.. fields]);
        Assert.Equal((HttpStatusCode.BadRequest, message), (response.StatusCode, (await JsonOf(response))["message"]!.ToString()));
        Assert.Equal(2, (await Versions("car")).Count);
        if (reason == "ikUploadsTooMany")
        {
            using HttpResponseMessage again = await Send(s_content, [.. fields]);
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        }
    }

    [Fact]
    public async Task A_video_can_be_accepted_before_it_is_ready()
    {
        await Settings("""{"ikVideosPending":true}""");
        using HttpResponseMessage response = await Send(s_content, ("fileName", "film.mp4"), ("folder", "/v"), ("useUniqueFileName", "false"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(["message"], (await JsonOf(response)).AsObject().Select(member => member.Key));
        Assert.Single((await IkJson("/v1/files?path=/v")).AsArray());
    }

    [Fact]
    public async Task A_file_can_be_sent_in_base64()
    {
        JsonNode reply = await JsonOf(await Send(null, ("fileName", "a.txt"), ("useUniqueFileName", "false"), ("file", Convert.ToBase64String(s_content))));

        Assert.Equal(s_content.Length, reply["size"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_oldest_version_is_removed_at_the_version_limit()
    {
        await Seed();
        await Settings("""{"ikVersionLimit":2}""");
        await Upload(("fileName", "car.jpg"), ("folder", "/products"), ("useUniqueFileName", "false"));

        Assert.Equal(["Version 3", "Version 2"], (await Versions("car")).Select(version => version!["versionInfo"]!["name"]!.ToString()));
    }

    [Fact]
    public async Task Uploads_do_not_count_towards_the_rate_limit()
    {
        await Settings("""{"ikRateLimit":{"perWindow":1,"windowMs":60000}}""");
        for (int i = 0; i < 3; i++)
        {
            await Upload(("fileName", "a.txt"), ("useUniqueFileName", "false"));
        }

        Assert.Equal(0, await Stat("ik.limited"));
    }

    [Theory]
    [InlineData("""{"action":"cutRequestAfter","bytes":50,"times":1}""", 2)]
    [InlineData("""{"action":"closeBeforeReply","handled":true,"times":1}""", 3)]
    public async Task A_fault_never_leaves_a_partial_version(string rule, int count)
    {
        await Seed();
        await Faults(rule);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Send(s_content, ("fileName", "car.jpg"), ("folder", "/products"), ("useUniqueFileName", "false")));

        Assert.Equal(count, (await Versions("car")).Count);
    }

    private static (string Tags, string? Brand, string Coordinates, string? Description, bool IsPrivate, bool IsPublished) Attributes(JsonNode file) => (
        string.Join(' ', file["tags"]!.AsArray()), file["customMetadata"]!["brand"]?.ToString(), file["customCoordinates"]!.ToString(), file["description"]?.ToString(),
        file["isPrivateFile"]!.GetValue<bool>(), file["isPublished"]!.GetValue<bool>());

    /// <summary>A public file with two versions.</summary>
    private Task<JsonNode> Seed() => Control(HttpMethod.Post, "files", """
        {"service":"ik","id":"car","folder":"/products","name":"car.jpg","private":false,"versions":[
          {"content":"second","uploadedAt":"2026-10-02T00:00:00Z"},{"content":"first","uploadedAt":"2026-10-01T00:00:00Z"}]}
        """);

    private async Task<JsonArray> Versions(string fileId) => (await IkJson($"/v1/files/{fileId}/versions")).AsArray();

    private async Task<JsonNode> Upload(params (string Name, string Value)[] fields)
    {
        using HttpResponseMessage response = await Send(s_content, fields);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await JsonOf(response);
    }

    private async Task<HttpResponseMessage> Send(byte[]? content, params (string Name, string Value)[] fields)
    {
        using HttpRequestMessage request = Ik(HttpMethod.Post, Address);
        var form = new MultipartFormDataContent();
        if (content is not null)
        {
            form.Add(new ByteArrayContent(content), "file", "any");
        }

        foreach ((string name, string value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        request.Content = form;
        return await Http.SendAsync(request);
    }
}
