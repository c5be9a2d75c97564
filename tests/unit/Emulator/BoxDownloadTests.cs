using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace FileVersions.UnitTests.Emulator;

public sealed class BoxDownloadTests : EmulatorTestBase
{
    [Fact]
    public async Task A_download_returns_the_seeded_content()
    {
        await Control(HttpMethod.Post, "files", """
            {"service":"box","id":"5","current":{"content":"Grüße"},"versions":[{"id":"3","content":"a","size":5000},{"id":"2","content":"a","size":5000},{"id":"1","content":"b","size":5000}]}
            """);
        JsonNode[] versions = [.. (await BoxJson("/2.0/files/5/versions"))["entries"]!.AsArray().Select(version => version!)];
        using HttpResponseMessage link = await GetBox("/2.0/files/5/content");

        Assert.Equal("Grüße", await Http.GetStringAsync(link.Headers.Location));
        Assert.Equal(versions[0]["sha1"]!.GetValue<string>(), versions[1]["sha1"]!.GetValue<string>());
        Assert.NotEqual(versions[1]["sha1"]!.GetValue<string>(), versions[2]["sha1"]!.GetValue<string>());
        Assert.All(versions, version => Assert.Equal(5000, version["size"]!.GetValue<long>()));
    }

    [Fact]
    public async Task Every_content_has_the_listed_size_and_hash()
    {
        JsonNode page = await BoxJson("/2.0/files/5/versions?fields=size,name");
        foreach (JsonNode? version in page["entries"]!.AsArray())
        {
            byte[] bytes = await Http.GetByteArrayAsync(await Link("5", version!["id"]!.GetValue<string>()));

            Assert.Equal(version["size"]!.GetValue<int>(), bytes.Length);
            Assert.Equal(version["sha1"]!.GetValue<string>(), Hashes.Sha1(bytes));
        }

        Assert.Equal(25, page["entries"]!.AsArray().Select(version => version!["sha1"]!.GetValue<string>()).Distinct().Count());
    }

    [Fact]
    public async Task Without_a_version_the_current_content_is_returned()
    {
        byte[] bytes = await Http.GetByteArrayAsync(await Link("5", null));

        Assert.Equal((await BoxJson("/2.0/files/5"))["sha1"]!.GetValue<string>(), Hashes.Sha1(bytes));
    }

    [Fact]
    public async Task A_credential_on_the_download_port_is_rejected_and_counted()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, await Link("5", null));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", BoxToken);
        using HttpResponseMessage response = await Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(1, await Stat("download.credentialLeaks"));
    }

    [Fact]
    public async Task Links_are_unique_and_expire()
    {
        Uri first = await Link("5", null);
        Uri second = await Link("5", null);
        await Settings("""{"linkLifeMs":0}""");
        using HttpResponseMessage dead = await Http.GetAsync(await Link("5", null));
        using HttpResponseMessage forged = await Http.GetAsync(first.AbsoluteUri.Replace("/5/", "/6/", StringComparison.Ordinal));

        Assert.NotEqual(first, second);
        Assert.Equal(Emulator.DownloadUri.Port, first.Port);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (dead.StatusCode, forged.StatusCode));
    }

    [Fact]
    public async Task Content_that_is_not_ready_has_a_Retry_After()
    {
        await Settings("""{"notReady":2,"notReadyRetryAfterSec":3}""");
        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage notYet = await GetBox("/2.0/files/5/content");
            Assert.Equal(HttpStatusCode.Accepted, notYet.StatusCode);
            Assert.Equal("3", Header(notYet, "Retry-After"));
        }

        Assert.NotNull(await Link("5", null));
    }

    [Theory]
    [InlineData(0, 9, 10)]
    [InlineData(3, 3, 1)]
    [InlineData(13, null, 87)]
    [InlineData(90, 1000, 10)]
    [InlineData(null, 7, 7)]
    public async Task A_range_returns_the_requested_part_of_the_content(int? from, int? to, int length)
    {
        await Control(HttpMethod.Post, "files", """{"service":"box","id":"77","current":{"size":100}}""");
        Uri link = await Link("77", null);
        byte[] whole = await Http.GetByteArrayAsync(link);
        using var request = new HttpRequestMessage(HttpMethod.Get, link);
        request.Headers.Range = new RangeHeaderValue(from, to);
        using HttpResponseMessage response = await Http.SendAsync(request);
        byte[] part = await response.Content.ReadAsByteArrayAsync();

        int start = from ?? 100 - to!.Value;
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(whole[start..(start + length)], part);
        Assert.Equal($"bytes {start}-{start + length - 1}/100", Header(response, "Content-Range"));
    }

    [Fact]
    public async Task Ranges_respect_the_end_the_etag_and_the_setting()
    {
        Uri link = await Link("5", null);
        async Task<HttpStatusCode> Status(string? ifRange, long from)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, link);
            request.Headers.Range = new RangeHeaderValue(from, null);
            if (ifRange is not null)
            {
                request.Headers.TryAddWithoutValidation("If-Range", ifRange);
            }

            using HttpResponseMessage response = await Http.SendAsync(request);
            return response.StatusCode;
        }

        using HttpResponseMessage whole = await Http.GetAsync(link);
        Assert.Equal("bytes", Header(whole, "Accept-Ranges"));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, await Status(null, 1_000_000));
        Assert.Equal(HttpStatusCode.PartialContent, await Status(Header(whole, "ETag"), 1));
        Assert.Equal(HttpStatusCode.OK, await Status("\"other\"", 1));
        await Settings("""{"ranges":false}""");
        Assert.Equal(HttpStatusCode.OK, await Status(null, 1));
    }

    [Fact]
    public async Task Large_content_is_streamed_with_the_correct_hash()
    {
        const int Size = 50_000_003;
        await Control(HttpMethod.Post, "files", "{\"service\":\"box\",\"id\":\"77\",\"current\":{\"size\":" + Size + "}}");
        using HttpResponseMessage response = await Http.GetAsync(await Link("77", null), HttpCompletionOption.ResponseHeadersRead);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        string sha1 = Convert.ToHexStringLower(await CryptographicOperations.HashDataAsync(HashAlgorithmName.SHA1, body));

        Assert.Equal(Size, response.Content.Headers.ContentLength);
        Assert.Equal((await BoxJson("/2.0/files/77"))["sha1"]!.GetValue<string>(), sha1);
        Assert.Equal(Size, await Stat("download.bytesSent"));
    }

    private async Task<Uri> Link(string fileId, string? versionId)
    {
        using HttpResponseMessage response = await GetBox($"/2.0/files/{fileId}/content{(versionId is null ? "" : "?version=" + versionId)}");
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        return response.Headers.Location!;
    }
}
