using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace FileVersions.UnitTests.Emulator;

/// <summary>Sends requests to the emulator's Box upload host.</summary>
public abstract class BoxUploadTestBase : EmulatorTestBase
{
    protected static async Task<string> Code(HttpResponseMessage response) => (await JsonOf(response))["code"]!.ToString();

    protected static string Address(JsonNode session, string endpoint) => session["session_endpoints"]![endpoint]!.ToString();

    protected static HttpRequestMessage Request(string fileId, byte[] content, string attributes, bool attributesFirst = true)
    {
        HttpRequestMessage request = Box(HttpMethod.Post, $"/api/2.0/files/{fileId}/content");
        var form = new MultipartFormDataContent();
        if (attributesFirst)
        {
            form.Add(new StringContent(attributes), "attributes");
        }

        form.Add(new ByteArrayContent(content), "file", "any");
        if (!attributesFirst)
        {
            form.Add(new StringContent(attributes), "attributes");
        }

        request.Content = form;
        return request;
    }

    protected async Task<HttpResponseMessage> Upload(string fileId, byte[] content, string attributes)
    {
        using HttpRequestMessage request = Request(fileId, content, attributes);
        return await Http.SendAsync(request);
    }

    /// <summary>Configures parts of 1,000 bytes and creates content for a session.</summary>
    protected async Task<byte[]> LargeContent(int size)
    {
        await Settings("""{"boxMinSessionSize":1000,"boxPartSize":1000}""");
        byte[] content = new byte[size];
        new Random(1).NextBytes(content);
        return content;
    }

    protected async Task<JsonNode> Open(string fileId, long size)
    {
        using HttpResponseMessage response = await Http.SendAsync(Box(HttpMethod.Post, $"/api/2.0/files/{fileId}/upload_sessions", $$"""{"file_size":{{size}}}"""));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await JsonOf(response);
    }

    protected async Task<(JsonNode Session, JsonArray Parts)> UploadAll(string fileId, byte[] content, int count = int.MaxValue)
    {
        JsonNode session = await Open(fileId, content.Length);
        for (int offset = 0; offset < content.Length && offset / 1000 < count; offset += 1000)
        {
            using HttpResponseMessage reply = await Part(session, content, offset);
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        }

        return (session, (await BoxJson(Address(session, "list_parts") + "?limit=1000"))["entries"]!.AsArray());
    }

    protected async Task<HttpResponseMessage> Part(JsonNode session, byte[] content, int offset, string? digest = null, string? range = null)
    {
        byte[] part = content[offset..Math.Min(offset + 1000, content.Length)];
        using HttpRequestMessage request = Box(HttpMethod.Put, Address(session, "upload_part"));
        request.Content = new ByteArrayContent(part);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Content.Headers.TryAddWithoutValidation("Content-Range", range ?? string.Create(CultureInfo.InvariantCulture, $"bytes {offset}-{offset + part.Length - 1}/{content.Length}"));
        request.Headers.TryAddWithoutValidation("Digest", "sha=" + (digest ?? Hashes.Sha1Base64(part)));
        return await Http.SendAsync(request);
    }

    protected async Task<HttpResponseMessage> Commit(JsonNode session, JsonArray parts, byte[] content, string? ifMatch = null)
    {
        using HttpRequestMessage request = Box(HttpMethod.Post, Address(session, "commit"), new JsonObject { ["parts"] = parts.DeepClone() }.ToJsonString());
        request.Headers.TryAddWithoutValidation("Digest", "sha=" + Hashes.Sha1Base64(content));
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await Http.SendAsync(request);
    }

    protected Task<JsonNode> State(string fileId) => Control(HttpMethod.Get, "files/box/" + fileId);

    protected async Task<byte[]> Download(string fileId)
    {
        using HttpResponseMessage link = await GetBox($"/2.0/files/{fileId}/content");
        return await Http.GetByteArrayAsync(link.Headers.Location);
    }
}
