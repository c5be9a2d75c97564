using FileVersions.Box;
using FileVersions.Box.Uploads;
using FileVersions.Http;
using FileVersions.Services;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Adding;

public sealed class BoxAddingTests : AddingTestBase
{
    private const string FileId = "900000001";

    private const int LargeSize = 21_000_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(20_000_000)]
    public async Task A_small_file_is_sent_in_one_request(int size)
    {
        string path = CreateFile(size);

        BoxFileVersion added = Assert.Single((await AddToBoxAsync(new VersionToAdd(FileId, path) { FilePath = "/a/old.txt" })).Items);

        Assert.Equal(Sha1Of(path), added.Sha1, ignoreCase: true);
        Assert.Equal(size, added.Size);
        Assert.True(added.IsCurrent);
        Assert.NotNull(added.CreatedAt);
        Assert.NotNull(added.GetConnection());
        Assert.Equal("/a/" + added.Name, added.FilePath);
        Assert.Equal(added.VersionId, (string?)(await StateAsync("box", FileId))["current"]!["id"]);
        Assert.Equal(1, await Stat("box.byKind.upload"));
        Assert.Equal(0, await Stat("uploads.sessionsOpened"));
    }

    [Fact]
    public async Task A_large_file_is_sent_in_parts_and_keeps_its_name()
    {
        string path = CreateFile(LargeSize);
        string? name = (string?)(await StateAsync("box", FileId))["current"]!["name"];

        BoxFileVersion added = Assert.Single((await AddToBoxAsync(new VersionToAdd(FileId, path))).Items);

        Assert.Equal(Sha1Of(path), added.Sha1, ignoreCase: true);
        Assert.Equal(name, added.Name);
        Assert.Equal(3, await Stat("uploads.parts"));
        Assert.Equal(0, await Stat("uploads.sessionsOpen"));
        Assert.Equal(0, await Stat("box.byKind.upload"));
        Assert.Equal(LargeSize, Adder.Progress.Bytes);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(LargeSize)]
    public async Task Name_and_date_are_set(int size)
    {
        var date = new DateTimeOffset(2024, 2, 29, 12, 30, 0, TimeSpan.FromHours(-8));
        var version = new VersionToAdd(FileId, CreateFile(size)) { Name = "отчёт 报告 \"q\".pdf", ModifiedAt = date };

        BoxFileVersion added = Assert.Single((await AddToBoxAsync(version)).Items);

        Assert.Equal("отчёт 报告 \"q\".pdf", added.Name);
        using HttpResponseMessage file = await GetBox($"/2.0/files/{FileId}?fields=content_modified_at");
        Assert.Equal(date, DateTimeOffset.Parse((string)(await JsonOf(file))["content_modified_at"]!, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(LargeSize)]
    public async Task Identical_content_is_not_sent(int size)
    {
        var version = new VersionToAdd(FileId, CreateFile(size));
        BoxFileVersion first = Assert.Single((await AddToBoxAsync(version)).Items);

        Listing<BoxFileVersion> second = await AddToBoxAsync(version);

        Assert.Equal(first.VersionId, Assert.Single(second.Items).VersionId);
        Assert.Equal(1, await Stat("uploads.boxVersions"));
        Assert.Contains(second.Events, next => next.Log?.StartsWith("Skipped", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Force_adds_the_same_content_again()
    {
        string path = CreateFile(1000);
        await AddToBoxAsync(new VersionToAdd(FileId, path));

        await AddToBoxAsync(new VersionToAdd(FileId, path) { Force = true });

        Assert.Equal(2, await Stat("uploads.boxVersions"));
    }

    [Theory]
    [InlineData(1000, false)]
    [InlineData(LargeSize, false)]
    [InlineData(1000, true)]
    [InlineData(LargeSize, true)]
    public async Task A_file_with_a_different_etag_is_a_conflict(int size, bool force)
    {
        var version = new VersionToAdd(FileId, CreateFile(size)) { ETag = "7777", Force = force };

        FileVersionException error = Assert.Single((await AddToBoxAsync(version)).Errors);

        Assert.Equal(FileVersionErrorKind.Conflict, error.Kind);
        Assert.Equal(0, await Stat("uploads.boxVersions"));
        Assert.Equal(0, await Stat("uploads.sessionsOpen"));
    }

    [Fact]
    public async Task A_file_with_the_expected_etag_gets_a_version()
    {
        string tag = (string)(await StateAsync("box", FileId))["etag"]!;

        Assert.Single((await AddToBoxAsync(new VersionToAdd(FileId, CreateFile(LargeSize)) { ETag = tag })).Items);
    }

    [Fact]
    public async Task An_error_names_the_local_file_and_the_target()
    {
        string path = CreateFile(10);

        FileVersionException error = Assert.Single((await AddToBoxAsync(new VersionToAdd("404123", path))).Errors);

        Assert.Equal(FileVersionErrorKind.FileVersionNotFound, error.Kind);
        Assert.StartsWith($"Could not add '{path}' to file '404123'.", error.Message, StringComparison.Ordinal);
        Assert.Contains("\nStatus: 404", error.Message, StringComparison.Ordinal);
        Assert.Equal("404123", error.FileId);
    }

    [Fact]
    public async Task Files_are_added_in_order_and_versions_of_a_file_sequentially()
    {
        VersionToAdd[] versions = [.. Enumerable.Range(0, 30).Select(i => new VersionToAdd($"90000000{i % 3}", CreateFile(1000 + i, $"{i}.bin", i)))];

        Listing<BoxFileVersion> added = await AddAsync(BoxUploader(), versions);

        Assert.Equal(versions.Select(version => Sha1Of(version.Path)), added.Items.Select(version => version.Sha1!.ToLowerInvariant()));
        for (int i = 0; i < 3; i++)
        {
            string[] newestFirst = [.. versions.Where((_, index) => index % 3 == i).Reverse().Select(version => Sha1Of(version.Path))];
            Assert.Equal(newestFirst, (await BoxHashesAsync($"90000000{i}"))[..10]);
        }
    }

    [Fact]
    public async Task The_commit_waits_until_the_service_is_ready()
    {
        await Settings("""{"boxCommitMismatches":2,"boxCommitNotReady":2,"boxCommitRetryAfterSec":0}""");

        Assert.Single((await AddToBoxAsync(new VersionToAdd(FileId, CreateFile(LargeSize)), BoxUploader(retries: 0))).Items);

        Assert.Equal(5, await Stat("box.byKind.session-commit"));
        Assert.Equal(1, await Stat("uploads.boxVersions"));
    }

    [Theory]
    [InlineData("""{"method":"PUT","pathContains":"upload_sessions","action":"status","status":500,"handled":true,"times":2}""", 3)]
    [InlineData("""{"method":"PUT","pathContains":"upload_sessions","action":"closeBeforeReply","handled":true,"times":2}""", 3)]
    [InlineData("""{"method":"PUT","pathContains":"upload_sessions","action":"closeBeforeReply","times":2}""", 5)]
    [InlineData("""{"method":"PUT","pathContains":"upload_sessions","action":"cutRequestAfter","bytes":100000,"times":2}""", 5)]
    [InlineData("""{"method":"PUT","pathContains":"upload_sessions","action":"status","status":400,"body":"{\"code\":\"bad_digest\"}","times":2}""", 5)]
    [InlineData("""{"method":"PUT","pathContains":"upload_sessions","action":"status","status":503,"times":2}""", 5)]
    public async Task A_stored_part_is_not_sent_again(string fault, int expectedRequests)
    {
        string path = CreateFile(LargeSize);
        await Faults(fault);

        BoxFileVersion added = Assert.Single((await AddToBoxAsync(new VersionToAdd(FileId, path))).Items);

        Assert.Equal(Sha1Of(path), added.Sha1, ignoreCase: true);
        Assert.Equal(expectedRequests, await Stat("box.byKind.session-part"));
        Assert.Equal(3, await Stat("uploads.parts"));
        Assert.Equal(1, await Stat("uploads.boxVersions"));
    }

    [Theory]
    [InlineData("""{"pathContains":"/commit","action":"closeBeforeReply","handled":true,"times":1}""", true)]
    [InlineData("""{"pathContains":"/commit","action":"closeBeforeReply","handled":true,"times":1}""", false)]
    [InlineData("""{"pathContains":"/commit","action":"status","status":503,"handled":true,"times":1}""", true)]
    [InlineData("""{"pathContains":"/commit","action":"cutReplyAfter","bytes":200,"times":1}""", true)]
    [InlineData("""{"pathContains":"/commit","action":"closeBeforeReply","times":2}""", true)]
    public async Task A_commit_with_an_unknown_outcome_creates_one_version(string fault, bool isRepeatable)
    {
        await Settings($$"""{"boxCommitIsRepeatable":{{(isRepeatable ? "true" : "false")}}}""");
        await Faults(fault);
        string path = CreateFile(LargeSize);

        BoxFileVersion added = Assert.Single((await AddToBoxAsync(new VersionToAdd(FileId, path))).Items);

        Assert.Equal(Sha1Of(path), added.Sha1, ignoreCase: true);
        Assert.Equal(1, await Stat("uploads.boxVersions"));
    }

    [Theory]
    [InlineData("""{"pathContains":"/api/2.0/files/900000001/content","action":"closeBeforeReply","handled":true,"times":1}""")]
    [InlineData("""{"pathContains":"/api/2.0/files/900000001/content","action":"status","status":502,"handled":true,"times":1}""")]
    [InlineData("""{"pathContains":"/api/2.0/files/900000001/content","action":"cutReplyAfter","bytes":150,"times":1}""")]
    [InlineData("""{"pathContains":"/api/2.0/files/900000001/content","action":"cutRequestAfter","bytes":5000,"times":2}""")]
    [InlineData("""{"pathContains":"/api/2.0/files/900000001/content","action":"status","status":400,"body":"{\"code\":\"bad_digest\"}","times":2}""")]
    [InlineData("""{"pathContains":"/api/2.0/files/900000001/content","action":"status","status":409,"body":"{\"code\":\"name_temporarily_reserved\"}","times":2}""")]
    [InlineData("""{"pathContains":"/api/2.0/files/900000001/content","action":"retryAfter","retryAfter":"0","times":2}""")]
    public async Task An_upload_with_an_unknown_outcome_creates_one_version(string fault)
    {
        await Faults(fault);
        string path = CreateFile(50_000);

        BoxFileVersion added = Assert.Single((await AddToBoxAsync(new VersionToAdd(FileId, path))).Items);

        Assert.Equal(Sha1Of(path), added.Sha1, ignoreCase: true);
        Assert.Equal(1, await Stat("uploads.boxVersions"));
    }

    [Fact]
    public async Task The_new_version_is_returned_even_if_it_cannot_be_read()
    {
        await Settings("""{"boxCurrentVersionReadable":false}""");
        string path = CreateFile(100);

        Assert.Equal(Sha1Of(path), Assert.Single((await AddToBoxAsync(new VersionToAdd(FileId, path))).Items).Sha1, ignoreCase: true);
    }

    [Fact]
    public async Task Content_above_the_size_limit_is_an_error()
    {
        await Settings("""{"boxUploadLimit":1000}""");

        FileVersionException error = Assert.Single((await AddToBoxAsync(new VersionToAdd(FileId, CreateFile(2000)))).Errors);

        Assert.Equal(FileVersionErrorKind.InvalidRequest, error.Kind);
        Assert.Equal(413, (int)error.StatusCode!);
        Assert.Equal(0, await Stat("uploads.boxVersions"));
    }

    [Fact]
    public async Task Uploads_have_their_own_rate_limit()
    {
        await Settings("""{"boxUploadRateLimit":{"perWindow":10,"windowMs":300}}""");
        VersionToAdd[] versions = [.. Enumerable.Range(0, 40).Select(i => new VersionToAdd($"9000001{i:00}", CreateFile(100, $"{i}.bin", i)))];

        Listing<BoxFileVersion> added = await AddAsync(BoxUploader(retries: 20, token: "box-token.rate"), versions);

        Assert.Equal(40, added.Items.Count);
        Assert.Equal(40, await Stat("uploads.boxVersions"));
    }

    [Fact]
    public async Task A_session_that_expires_during_the_upload_is_replaced_once()
    {
        await Faults("""{"method":"PUT","pathContains":"upload_sessions","action":"status","status":410,"body":"{\"code\":\"session_expired\"}","times":1}""");
        string path = CreateFile(LargeSize);

        BoxFileVersion added = Assert.Single((await AddToBoxAsync(new VersionToAdd(FileId, path))).Items);

        Assert.Equal(Sha1Of(path), added.Sha1, ignoreCase: true);
        Assert.Equal(2, await Stat("uploads.sessionsOpened"));
        Assert.Equal(0, await Stat("uploads.sessionsOpen"));
    }

    [Fact]
    public async Task A_session_is_aborted_if_a_part_cannot_be_sent()
    {
        await Faults("""{"method":"PUT","pathContains":"upload_sessions","action":"status","status":403}""");

        FileVersionException error = Assert.Single((await AddToBoxAsync(new VersionToAdd(FileId, CreateFile(LargeSize)))).Errors);

        Assert.Equal(FileVersionErrorKind.AccessDenied, error.Kind);
        Assert.Equal(1, await Stat("uploads.sessionsOpened"));
        Assert.Equal(0, await Stat("uploads.sessionsOpen"));
        Assert.Equal(0, await Stat("uploads.boxVersions"));
    }

    [Fact]
    public async Task A_credential_is_not_sent_to_another_host()
    {
        await Settings("""{"boxSessionHost":"{download}"}""");

        FileVersionException error = Assert.Single((await AddToBoxAsync(new VersionToAdd(FileId, CreateFile(LargeSize)))).Errors);

        Assert.Equal(FileVersionErrorKind.InvalidResponse, error.Kind);
        Assert.Contains("does not belong to the service", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Stat("download.credentialLeaks"));
        Assert.Equal(0, await Stat("download.requests"));
    }

    [Theory]
    [InlineData("https://api.box.com", "https://upload.box.com/api/2.0/x")]
    [InlineData("https://API.box.com/2.0", "https://upload.box.com/api/2.0/x")]
    [InlineData("https://box.example.com:8443", "/api/2.0/x")]
    [InlineData("http://127.0.0.1:4000", "/api/2.0/x")]
    public void The_upload_host_follows_from_the_base_address(string baseAddress, string expected) =>
        Assert.Equal(expected, BoxUploadAddress.Of(Connect(baseAddress), "/x"));

    [Theory]
    [InlineData("https://api.box.com", "https://upload.app.box.com/api/2.0/files/upload_sessions/1", true)]
    [InlineData("https://api.box.com", "https://box.com/1", true)]
    [InlineData("https://api.box.com", "http://upload.box.com/1", false)]
    [InlineData("https://api.box.com", "https://upload.box.com:8443/1", false)]
    [InlineData("https://api.box.com", "https://evilbox.com/1", false)]
    [InlineData("https://api.box.com", "https://box.com.evil.example/1", false)]
    [InlineData("https://api.box.com", "https://upload.box.com@evil.example/1", false)]
    [InlineData("https://box.example.com:8443", "https://box.example.com:8443/1", true)]
    [InlineData("https://box.example.com:8443", "https://box.example.com/1", false)]
    [InlineData("https://box.example.com", "https://upload.box.com/1", false)]
    public void A_session_address_must_belong_to_the_service(string baseAddress, string address, bool isTrusted)
    {
        BoxConnection connection = Connect(baseAddress);
        string Check() => BoxUploadAddress.Check(new Uri(address), connection, "1");

        if (isTrusted)
        {
            Assert.Equal(address, Check());
        }
        else
        {
            Assert.Equal(FileVersionErrorKind.InvalidResponse, Assert.Throws<FileVersionException>(Check).Kind);
        }
    }

    private static BoxConnection Connect(string baseAddress) => BoxConnection.FromAccessToken(new Secret("token"), new Uri(baseAddress));
}
