using System.Text.Json.Nodes;
using FileVersions.ImageKit;
using FileVersions.Services;

namespace FileVersions.UnitTests.Adding;

public sealed class IKAddingTests : AddingTestBase
{
    private const string FileId = "asset-1";

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(22_000_000)]
    public async Task An_added_version_keeps_all_other_properties(int size)
    {
        await CreateAssetAsync();
        await SetAttributesAsync();
        JsonNode before = await IkJson($"/v1/files/{FileId}/details");
        string path = CreateFile(size);

        IKFileVersion added = Assert.Single((await AddToIKAsync(new VersionToAdd(FileId, path))).Items);

        JsonNode after = await IkJson($"/v1/files/{FileId}/details");
        Assert.Equal("true", before["isPrivateFile"]!.ToJsonString());
        Assert.Equal("false", before["isPublished"]!.ToJsonString());
        foreach (string kept in new[] { "tags", "customMetadata", "customCoordinates", "isPrivateFile", "isPublished", "description", "filePath", "fileId" })
        {
            Assert.Equal(before[kept]?.ToJsonString(), after[kept]?.ToJsonString());
        }

        Assert.Equal(FileId, added.FileId);
        Assert.True(added.IsCurrent);
        Assert.Equal(size, added.Size);
        Assert.NotEqual((string)before["versionInfo"]!["name"]!, added.VersionName);
        Assert.NotNull(added.GetConnection());
        Assert.NotNull(added.CreatedAt);
        Assert.Equal(Sha1Of(path), (string)(await StateAsync("ik", FileId))["versions"]![0]!["sha1"]!);
        Assert.Equal(1, await Stat("uploads.ikVersions"));
    }

    [Fact]
    public async Task Identical_content_is_not_sent()
    {
        await CreateAssetAsync();
        var version = new VersionToAdd(FileId, CreateFile(5000));
        IKFileVersion first = Assert.Single((await AddToIKAsync(version)).Items);

        IKFileVersion second = Assert.Single((await AddToIKAsync(version)).Items);

        Assert.Equal(first.VersionName, second.VersionName);
        Assert.Equal(1, await Stat("ik.byKind.upload"));
    }

    [Fact]
    public async Task Different_content_of_the_same_size_is_sent()
    {
        await CreateAssetAsync();
        await AddToIKAsync(new VersionToAdd(FileId, CreateFile(5000)));

        Assert.Single((await AddToIKAsync(new VersionToAdd(FileId, CreateFile(5000, seed: 2)))).Items);

        Assert.Equal(2, await Stat("uploads.ikVersions"));
    }

    [Fact]
    public async Task The_upload_waits_if_the_file_was_updated_too_often()
    {
        await Settings("""{"ikUploadsTooMany":3}""");
        await CreateAssetAsync();

        Assert.Single((await AddToIKAsync(new VersionToAdd(FileId, CreateFile(10)), IKUploader(retries: 0))).Items);

        Assert.Equal(4, await Stat("ik.byKind.upload"));
        Assert.Equal(1, await Stat("uploads.ikVersions"));
    }

    [Theory]
    [InlineData("my picture.bin")]
    [InlineData("ansicht(1).bin")]
    [InlineData("größe.bin")]
    public async Task A_name_that_ImageKit_would_change_is_rejected_before_any_request(string name)
    {
        await CreateAssetAsync(name);

        FileVersionException error = Assert.Single((await AddToIKAsync(new VersionToAdd(FileId, CreateFile(10)))).Errors);

        Assert.Equal(FileVersionErrorKind.InvalidRequest, error.Kind);
        Assert.Contains("Nothing was sent", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Stat("ik.byKind.upload"));
    }

    [Fact]
    public async Task A_reply_with_a_different_file_id_is_an_error_that_names_the_file()
    {
        await CreateAssetAsync();
        await Faults("""{"pathContains":"/files/upload","action":"replaceBody","body":"{\"fileId\":\"other-9\",\"name\":\"new.bin\",\"filePath\":\"/other/new.bin\"}"}""");

        FileVersionException error = Assert.Single((await AddToIKAsync(new VersionToAdd(FileId, CreateFile(10)))).Errors);

        Assert.Equal(FileVersionErrorKind.Conflict, error.Kind);
        Assert.Contains("other-9", error.Message, StringComparison.Ordinal);
        Assert.Contains("/other/new.bin", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pending_video_is_read_once_it_is_ready()
    {
        await Settings("""{"ikVideosPending":true}""");
        await CreateAssetAsync("clip.mp4");

        IKFileVersion added = Assert.Single((await AddToIKAsync(new VersionToAdd(FileId, CreateFile(10)))).Items);

        Assert.Equal(10, added.Size);
    }

    [Theory]
    [InlineData("""{"pathContains":"/files/upload","action":"closeBeforeReply","handled":true,"times":1}""")]
    [InlineData("""{"pathContains":"/files/upload","action":"status","status":502,"handled":true,"times":1}""")]
    [InlineData("""{"pathContains":"/files/upload","action":"cutReplyAfter","bytes":100,"times":1}""")]
    [InlineData("""{"pathContains":"/files/upload","action":"cutRequestAfter","bytes":3000,"times":2}""")]
    [InlineData("""{"pathContains":"/files/upload","action":"status","status":200,"body":"ok","times":1}""")]
    public async Task An_upload_with_an_unknown_outcome_creates_one_version(string fault)
    {
        await CreateAssetAsync();
        await Faults(fault);
        string path = CreateFile(50_000);

        IKFileVersion added = Assert.Single((await AddToIKAsync(new VersionToAdd(FileId, path))).Items);

        Assert.Equal(50_000, added.Size);
        Assert.Equal(1, await Stat("uploads.ikVersions"));
    }

    [Fact]
    public async Task A_file_that_is_too_large_for_the_account_is_an_error()
    {
        await Settings("""{"ikUploadLimit":1000}""");
        await CreateAssetAsync();

        FileVersionException error = Assert.Single((await AddToIKAsync(new VersionToAdd(FileId, CreateFile(2000)))).Errors);

        Assert.Equal(FileVersionErrorKind.InvalidRequest, error.Kind);
        Assert.Contains("The file size exceeds limits", error.Message, StringComparison.Ordinal);
    }

    private Task<JsonNode> CreateAssetAsync(string name = "asset_1-a.bin") => Control(
        HttpMethod.Post, "files", new JsonObject { ["service"] = "ik", ["id"] = FileId, ["name"] = name, ["folder"] = "/products/2026/", ["size"] = 4000 }.ToJsonString());

    /// <summary>Uploads a version with all attributes that an upload can set.</summary>
    private async Task SetAttributesAsync()
    {
        using var form = new MultipartFormDataContent();
        foreach ((string name, string value) in new[]
        {
            ("fileName", "asset_1-a.bin"), ("folder", "/products/2026/"), ("useUniqueFileName", "false"), ("isPrivateFile", "true"), ("isPublished", "false"),
            ("tags", "red,large"), ("customMetadata", """{"sku":"A-1"}"""), ("customCoordinates", "10,10,20,20"), ("description", "Größe"),
        })
        {
            form.Add(new StringContent(value), name);
        }

        form.Add(new ByteArrayContent([1, 2, 3]), "file", "file");
        using HttpRequestMessage request = Ik(HttpMethod.Post, "/api/v1/files/upload");
        request.Content = form;
        using HttpResponseMessage response = await Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        await Control(HttpMethod.Delete, "stats");
    }
}
