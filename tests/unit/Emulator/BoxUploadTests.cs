using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace FileVersions.UnitTests.Emulator;

public sealed class BoxUploadTests : BoxUploadTestBase
{
    private static readonly byte[] s_content = Encoding.UTF8.GetBytes("The new content, größer als vorher.");

    [Fact]
    public async Task An_upload_creates_a_version_and_keeps_the_previous_one()
    {
        JsonNode before = await State("77");
        using HttpResponseMessage response = await Upload("77", s_content, """{"content_modified_at":"2026-03-04T05:06:07+02:00"}""");
        JsonNode file = (await JsonOf(response))["entries"]![0]!;
        JsonNode after = await State("77");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(("77", Hashes.Sha1(s_content), before["current"]!["name"]!.ToString()), (file["id"]!.ToString(), file["sha1"]!.ToString(), file["name"]!.ToString()));
        Assert.Equal("2026-03-04T05:06:07+02:00", file["content_modified_at"]!.ToString());
        Assert.Equal(file["file_version"]!["id"]!.ToString(), after["current"]!["id"]!.ToString());
        Assert.Equal(before["current"]!["id"]!.ToString(), after["versions"]![0]!["id"]!.ToString());
        Assert.Equal(26, after["versions"]!.AsArray().Count);
        Assert.Equal(s_content, await Download("77"));
        Assert.Equal((1, s_content.Length), (await Stat("uploads.boxVersions"), await Stat("uploads.bytes")));
    }

    [Theory]
    [InlineData("""{"name":"renamed.txt"}""", 201, null)]
    [InlineData("""{"name":"taken.txt"}""", 409, "item_name_in_use")]
    [InlineData("""{"name":"a/b"}""", 400, "item_name_invalid")]
    [InlineData("[]", 400, "bad_request")]
    [InlineData("{", 400, "bad_request")]
    public async Task The_attributes_determine_the_outcome(string attributes, int status, string? code)
    {
        await Control(HttpMethod.Post, "folders", """{"id":"700","name":"F","files":[{"id":"701","name":"own.txt"},{"id":"702","name":"taken.txt"}]}""");
        using HttpResponseMessage response = await Upload("701", s_content, attributes);
        JsonNode reply = await JsonOf(response);

        Assert.Equal((status, code), ((int)response.StatusCode, reply["code"]?.ToString()));
        Assert.Equal(status == 201 ? "renamed.txt" : "own.txt", (await State("701"))["current"]!["name"]!.ToString());
        Assert.Equal(status == 409 ? "702" : null, reply["context_info"]?["conflicts"]?["id"]?.ToString());
    }

    [Theory]
    [InlineData("bad_digest", 400)]
    [InlineData("metadata_after_file_contents", 400)]
    [InlineData("precondition_failed", 412)]
    [InlineData("request_entity_too_large", 413)]
    public async Task A_rejected_upload_does_not_change_the_file(string code, int status)
    {
        await Settings(code == "request_entity_too_large" ? """{"boxUploadLimit":10}""" : "{}");
        using HttpRequestMessage request = Request("77", s_content, "{}", attributesFirst: code != "metadata_after_file_contents");
        request.Content!.Headers.TryAddWithoutValidation("Content-MD5", code == "bad_digest" ? new string('0', 40) : Hashes.Sha1(s_content));
        request.Headers.TryAddWithoutValidation("If-Match", code == "precondition_failed" ? "no-such-etag" : "25");
        using HttpResponseMessage response = await Http.SendAsync(request);

        Assert.Equal((status, code), ((int)response.StatusCode, (await JsonOf(response))["code"]!.ToString()));
        Assert.Equal("25", (await State("77"))["etag"]!.ToString());
    }

    [Fact]
    public async Task A_session_creates_the_version_only_when_committed()
    {
        byte[] content = await LargeContent(2500);
        JsonNode session = await Open("77", content.Length);
        string id = session["id"]!.ToString();
        Assert.Equal((1000, 3, 0), (session["part_size"]!.GetValue<int>(), session["total_parts"]!.GetValue<int>(), session["num_parts_processed"]!.GetValue<int>()));

        // Parts are sent out of order and in parallel.
        HttpResponseMessage[] replies = await Task.WhenAll(Part(session, content, 2000), Part(session, content, 0), Part(session, content, 1000));
        Assert.All(replies, reply => Assert.Equal(HttpStatusCode.OK, reply.StatusCode));
        JsonArray parts = (await BoxJson($"/api/2.0/files/upload_sessions/{id}/parts?limit=1000"))["entries"]!.AsArray();
        JsonNode status = await BoxJson($"/api/2.0/files/upload_sessions/{id}");
        JsonNode uncommitted = await State("77");
        using HttpResponseMessage committed = await Commit(session, parts, content);
        JsonNode file = (await JsonOf(committed))["entries"]![0]!;

        Assert.Equal([0, 1000, 2000], parts.Select(part => part!["offset"]!.GetValue<int>()));
        Assert.All(parts, part => Assert.Null(part!["sha1"]));
        Assert.Equal(3, status["num_parts_processed"]!.GetValue<int>());
        Assert.Equal("25", uncommitted["etag"]!.ToString());
        Assert.Equal(HttpStatusCode.Created, committed.StatusCode);
        Assert.Equal(Hashes.Sha1(content), file["file_version"]!["sha1"]!.ToString());
        Assert.Equal(content, await Download("77"));
        Assert.Equal((1, 0, 3), (await Stat("uploads.boxVersions"), await Stat("uploads.sessionsOpen"), await Stat("uploads.parts")));
    }

    [Fact]
    public async Task A_repeated_commit_does_not_create_a_second_version()
    {
        byte[] content = await LargeContent(1500);
        (JsonNode session, JsonArray parts) = await UploadAll("77", content);
        using HttpResponseMessage first = await Commit(session, parts, content);
        using HttpResponseMessage again = await Commit(session, parts, content);
        await Settings("""{"boxCommitIsRepeatable":false}""");
        using HttpResponseMessage refused = await Commit(session, parts, content);
        using HttpResponseMessage abort = await Http.SendAsync(Box(HttpMethod.Delete, Address(session, "abort")));

        Assert.Equal((await JsonOf(first)).ToJsonString(), (await JsonOf(again)).ToJsonString());
        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.NoContent), (refused.StatusCode, abort.StatusCode));
        Assert.Equal(26, (await State("77"))["versions"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_commit_can_get_temporary_replies_first()
    {
        byte[] content = await LargeContent(1500);
        await Settings("""{"boxCommitMismatches":1,"boxCommitNotReady":2,"boxCommitRetryAfterSec":3}""");
        (JsonNode session, JsonArray parts) = await UploadAll("77", content);
        var statuses = new List<int>();
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal("25", (await State("77"))["etag"]!.ToString());
            using HttpResponseMessage reply = await Commit(session, parts, content);
            statuses.Add((int)reply.StatusCode);
            Assert.Equal(reply.StatusCode == HttpStatusCode.Accepted ? "3" : "", Header(reply, "Retry-After"));
        }

        Assert.Equal([400, 202, 202, 201], statuses);
    }

    [Fact]
    public async Task A_wrong_commit_is_rejected_and_can_be_corrected()
    {
        byte[] content = await LargeContent(2500);
        (JsonNode session, JsonArray parts) = await UploadAll("77", content, count: 2);
        using HttpResponseMessage incomplete = await Commit(session, parts, content);
        using HttpResponseMessage last = await Part(session, content, 2000);
        JsonArray all = (await BoxJson(Address(session, "list_parts") + "?limit=1000"))["entries"]!.AsArray();
        using HttpResponseMessage missing = await Commit(session, parts, content);
        using HttpResponseMessage digest = await Commit(session, all, s_content);
        using HttpResponseMessage outdated = await Commit(session, all, content, ifMatch: "0");
        using HttpResponseMessage good = await Commit(session, all, content, ifMatch: "25");

        Assert.Equal(
            ["parts_mismatch", "parts_mismatch", "digest_mismatch", "precondition_failed"],
            new[] { await Code(incomplete), await Code(missing), await Code(digest), await Code(outdated) });
        Assert.Equal(HttpStatusCode.Created, good.StatusCode);
    }

    [Fact]
    public async Task An_invalid_part_is_not_stored()
    {
        byte[] content = await LargeContent(2500);
        JsonNode session = await Open("77", content.Length);
        using HttpResponseMessage digest = await Part(session, content, 0, digest: Hashes.Sha1Base64(s_content));
        using HttpResponseMessage total = await Part(session, content, 0, range: "bytes 0-999/9999");
        using HttpResponseMessage middle = await Part(session, content, 0, range: "bytes 500-1499/2500");
        using HttpResponseMessage outside = await Part(session, content, 0, range: "bytes 3000-3999/2500");
        using HttpResponseMessage good = await Part(session, content, 0);
        using HttpResponseMessage again = await Part(session, content, 0);

        Assert.Equal("bad_digest", await Code(digest));
        Assert.All([total, middle, outside], reply => Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, reply.StatusCode));
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal((HttpStatusCode.Conflict, "range_overlaps_existing_part"), (again.StatusCode, await Code(again)));
        Assert.Equal(1, (await BoxJson(Address(session, "status")))["num_parts_processed"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_session_ends_when_aborted_or_expired()
    {
        byte[] content = await LargeContent(1500);
        (JsonNode aborted, _) = await UploadAll("77", content);
        using HttpResponseMessage abort = await Http.SendAsync(Box(HttpMethod.Delete, Address(aborted, "abort")));
        using HttpResponseMessage gone = await GetBox(Address(aborted, "status"));
        await Settings("""{"boxSessionLifeMs":0}""");
        JsonNode expired = await Open("77", content.Length);
        using HttpResponseMessage late = await Part(expired, content, 0);
        using HttpResponseMessage invalid = await GetBox("/api/2.0/files/upload_sessions/1");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (abort.StatusCode, gone.StatusCode));
        Assert.Equal((HttpStatusCode.Gone, "session_expired"), (late.StatusCode, await Code(late)));
        Assert.Equal("invalid_upload_session_id", await Code(invalid));
        Assert.Equal("25", (await State("77"))["etag"]!.ToString());
    }

    [Fact]
    public async Task Only_the_user_who_created_a_session_may_use_it()
    {
        await LargeContent(1500);
        JsonNode session = await Open("77", 1500);
        using HttpResponseMessage other = await GetBox(Address(session, "status"), "box-token-2");

        Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), (other.StatusCode, await Code(other)));
    }

    [Theory]
    [InlineData("""{"file_size":100}""", "file_size_too_small")]
    [InlineData("""{"file_size":5000,"folder_id":"0"}""", "multiple_destinations")]
    [InlineData("""{"file_size":5000,"file_name":"a/b"}""", "item_name_invalid")]
    [InlineData("""{"file_size":9000000000000}""", "file_size_limit_exceeded")]
    [InlineData("""{"file_size":"5000"}""", "bad_request")]
    public async Task An_invalid_session_request_is_rejected(string body, string code)
    {
        await LargeContent(1500);
        using HttpResponseMessage response = await Http.SendAsync(Box(HttpMethod.Post, "/api/2.0/files/77/upload_sessions", body));

        Assert.Equal(code, await Code(response));
        Assert.Equal(0, await Stat("uploads.sessionsOpen"));
    }

    [Fact]
    public async Task A_session_has_absolute_addresses_on_the_same_or_the_configured_host()
    {
        await LargeContent(1500);
        JsonNode own = await Open("77", 1500);
        await Settings("""{"boxSessionHost":"{download}"}""");
        JsonNode other = await Open("77", 1500);

        Assert.All(own["session_endpoints"]!.AsObject(), endpoint => Assert.StartsWith(Emulator.ApiUri.ToString(), endpoint.Value!.ToString(), StringComparison.Ordinal));
        Assert.All(other["session_endpoints"]!.AsObject(), endpoint => Assert.StartsWith(Emulator.DownloadUri.ToString(), endpoint.Value!.ToString(), StringComparison.Ordinal));
        using HttpResponseMessage leak = await GetBox(Address(other, "status"));
        Assert.Equal((HttpStatusCode.BadRequest, 1), (leak.StatusCode, await Stat("download.credentialLeaks")));
    }

    [Fact]
    public async Task Uploads_have_a_separate_rate_limit()
    {
        await Settings("""{"boxUploadRateLimit":{"perWindow":2,"windowMs":60000}}""");
        var statuses = new List<int>();
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage response = await Upload("77", s_content, "{}");
            statuses.Add((int)response.StatusCode);
        }

        using HttpResponseMessage read = await GetBox("/2.0/files/77");
        Assert.Equal([201, 201, 429], statuses);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task A_large_upload_is_verified_but_not_stored()
    {
        await Settings("""{"keptUploadSize":1000}""");
        byte[] content = await LargeContent(5500);
        (JsonNode session, JsonArray parts) = await UploadAll("77", content);
        using HttpResponseMessage committed = await Commit(session, parts, content);
        using HttpResponseMessage link = await GetBox("/2.0/files/77/content");
        using HttpResponseMessage download = await Http.GetAsync(link.Headers.Location);

        Assert.Equal(HttpStatusCode.Created, committed.StatusCode);
        Assert.Equal(Hashes.Sha1(content), (await State("77"))["current"]!["sha1"]!.ToString());
        Assert.Equal(HttpStatusCode.NotImplemented, download.StatusCode);
    }

    [Theory]
    [InlineData("""{"action":"cutRequestAfter","bytes":0,"times":1}""", false)]
    [InlineData("""{"action":"cutRequestAfter","bytes":100,"times":1}""", false)]
    [InlineData("""{"action":"cutRequestAfter","bytes":250000,"times":1}""", false)]
    [InlineData("""{"action":"cutRequestAfter","bytes":300000,"reset":true,"times":1}""", false)]
    [InlineData("""{"action":"cutReplyAfter","bytes":30,"times":1}""", true)]
    [InlineData("""{"action":"closeBeforeReply","times":1}""", false)]
    [InlineData("""{"action":"closeBeforeReply","handled":true,"times":1}""", true)]
    [InlineData("""{"action":"status","status":500,"handled":true,"times":1}""", true)]
    [InlineData("""{"action":"status","status":503,"times":1}""", false)]
    public async Task A_fault_never_leaves_a_partial_version(string rule, bool isMade)
    {
        await Faults(rule);
        byte[] content = new byte[300_000];
        try
        {
            using HttpResponseMessage response = await Upload("77", content, "{}");
            Assert.False(response.IsSuccessStatusCode);
        }
        catch (HttpRequestException)
        {
            // The connection ended.
        }

        JsonNode state = await State("77");
        Assert.Equal(isMade ? "26" : "25", state["etag"]!.ToString());
        Assert.Equal(isMade, state["current"]!["sha1"]!.ToString() == Hashes.Sha1(content));
    }

    [Fact]
    public async Task A_part_with_a_lost_reply_is_stored()
    {
        byte[] content = await LargeContent(1500);
        JsonNode session = await Open("77", content.Length);
        await Faults("""{"method":"PUT","pathContains":"upload_sessions","action":"status","status":500,"handled":true,"times":1}""");
        using HttpResponseMessage lost = await Part(session, content, 0);

        Assert.Equal(HttpStatusCode.InternalServerError, lost.StatusCode);
        Assert.Single((await BoxJson(Address(session, "list_parts")))["entries"]!.AsArray());
    }

    [Fact]
    public async Task A_request_that_the_client_aborts_creates_no_version()
    {
        using HttpRequestMessage request = Request("77", new byte[50_000], "{}");
        byte[] body = await request.Content!.ReadAsByteArrayAsync();
        using (var tcp = new System.Net.Sockets.TcpClient())
        {
            await tcp.ConnectAsync(Emulator.ApiUri.Host, Emulator.ApiUri.Port);
            string head = $"POST /api/2.0/files/77/content HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {BoxToken}\r\nContent-Type: {request.Content.Headers.ContentType}\r\nContent-Length: {body.Length}\r\n\r\n";
            await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
            await tcp.GetStream().WriteAsync(body.AsMemory(0, body.Length - 10));
            await StatBecomes("box.inFlight", 1);
        }

        await StatBecomes("box.aborted", 1);
        Assert.Equal("25", (await State("77"))["etag"]!.ToString());
    }
}
