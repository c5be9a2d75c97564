using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace FileVersions.UnitTests.Emulator;

public sealed class FaultTests : EmulatorTestBase
{
    private const string Versions = "/2.0/files/5/versions";

    [Fact]
    public async Task A_rule_selects_requests()
    {
        await Faults("""{"service":"box","method":"GET","pathContains":"versions","fileId":"5","afterRequests":2,"every":2,"times":2,"action":"status","status":503}""");
        var statuses = new int[10];
        for (int i = 0; i < statuses.Length; i++)
        {
            using HttpResponseMessage response = await GetBox(Versions);
            using HttpResponseMessage other = await GetBox("/2.0/files/6/versions");
            statuses[i] = (int)response.StatusCode;
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }

        Assert.Equal([200, 200, 200, 503, 200, 503, 200, 200, 200, 200], statuses);
        Assert.Equal(2, await Stat("box.faulted"));
    }

    [Fact]
    public async Task The_probability_uses_the_seed()
    {
        async Task<string> Run()
        {
            await Faults("""[{"probability":0.5,"seed":7,"action":"emptyBody"}]""");
            var seen = new StringBuilder();
            for (int i = 0; i < 40; i++)
            {
                using HttpResponseMessage response = await GetBox(Versions);
                seen.Append(response.Content.Headers.ContentLength == 0 ? 'x' : '.');
            }

            return seen.ToString();
        }

        string first = await Run();
        Assert.Equal(first, await Run());
        Assert.InRange(first.Count(c => c == 'x'), 8, 32);
    }

    [Fact]
    public async Task A_status_fault_has_the_default_body_of_the_service_or_its_own()
    {
        await Faults("""
            [{"service":"box","action":"status","status":503,"headers":{"Retry-After":"7"},"times":1},
             {"service":"box","action":"status","status":500,"body":"<html>","contentType":"text/html","times":1},
             {"service":"box","action":"retryAfter","retryAfter":"Wed, 21 Oct 2037 07:28:00 GMT"},
             {"service":"ik","action":"status","status":502}]
            """);
        using HttpResponseMessage first = await GetBox(Versions);
        using HttpResponseMessage second = await GetBox(Versions);
        using HttpResponseMessage third = await GetBox(Versions);
        using HttpResponseMessage ik = await GetIk("/v1/files/a/versions");

        Assert.Equal(("7", "unavailable"), (Header(first, "Retry-After"), (await JsonOf(first))["code"]!.GetValue<string>()));
        Assert.Equal(("text/html", "<html>"), (second.Content.Headers.ContentType!.MediaType, await second.Content.ReadAsStringAsync()));
        Assert.Equal((HttpStatusCode.TooManyRequests, "Wed, 21 Oct 2037 07:28:00 GMT"), (third.StatusCode, Header(third, "Retry-After")));
        Assert.NotNull((await JsonOf(ik))["message"]);
        Assert.NotEqual("", Header(ik, "x-ik-requestId"));
    }

    [Fact]
    public async Task Replies_can_be_replaced()
    {
        await Faults("""
            [{"action":"html","times":1},{"action":"wrongContentType","times":1},{"action":"replaceBody","body":"[]","times":1},
             {"action":"redirectTo","times":1},{"action":"nestedJson","depth":3,"times":1}]
            """);
        using HttpResponseMessage html = await GetBox(Versions);
        using HttpResponseMessage type = await GetBox(Versions);
        using HttpResponseMessage body = await GetBox(Versions);
        using HttpResponseMessage redirect = await GetBox(Versions);
        using HttpResponseMessage nested = await GetBox(Versions);

        Assert.StartsWith("<!DOCTYPE html>", await html.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("text/plain", type.Content.Headers.ContentType!.MediaType);
        Assert.Equal(25, (await JsonOf(type))["entries"]!.AsArray().Count);
        Assert.Equal("[]", await body.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.Found, Emulator.DownloadUri.Port), (redirect.StatusCode, redirect.Headers.Location!.Port));
        Assert.Equal("[[[]]]", (await JsonOf(nested))["entries"]![0]!["deep"]!.ToJsonString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_can_end_before_the_reply(bool reset)
    {
        await Faults($$"""{"action":"closeBeforeReply","reset":{{(reset ? "true" : "false")}}}""");

        await Assert.ThrowsAsync<HttpRequestException>(() => GetBox(Versions));
    }

    [Fact]
    public async Task A_body_can_be_truncated_at_a_given_byte()
    {
        using HttpResponseMessage right = await GetBox(Versions);
        byte[] whole = await right.Content.ReadAsByteArrayAsync();
        await Faults("""{"action":"cutBodyAfter","bytes":100}""");
        using HttpResponseMessage response = await Http.SendAsync(Box(HttpMethod.Get, Versions), HttpCompletionOption.ResponseHeadersRead);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] start = new byte[100];
        await body.ReadExactlyAsync(start);

        Assert.Equal(whole.Length, response.Content.Headers.ContentLength);
        Assert.Equal(whole[..100], start);
        await Assert.ThrowsAnyAsync<IOException>(() => body.ReadExactlyAsync(start).AsTask());
    }

    [Fact]
    public async Task A_reply_can_be_truncated_within_its_headers()
    {
        await Faults("""{"action":"cutReplyAfter","bytes":20}""");

        byte[] received = await Raw($"GET {Versions} HTTP/1.1\r\nHost: {Emulator.ApiUri.Authority}\r\nAuthorization: Bearer {BoxToken}\r\n\r\n");
        Assert.Equal("HTTP/1.1 200 Emulate"u8.ToArray(), received);
    }

    [Fact]
    public async Task Arbitrary_bytes_can_be_sent_instead_of_HTTP()
    {
        await Faults("""{"action":"garbage","body":"hello"}""");

        Assert.Equal("hello"u8.ToArray(), await Raw($"GET {Versions} HTTP/1.1\r\nHost: {Emulator.ApiUri.Authority}\r\n\r\n"));
    }

    [Theory]
    [InlineData("""{"action":"hang"}""")]
    [InlineData("""{"action":"delay","delayMs":600000}""")]
    [InlineData("""{"action":"stallBodyAfter","bytes":10}""")]
    [InlineData("""{"action":"endlessBody"}""")]
    [InlineData("""{"action":"endlessHeaders"}""")]
    public async Task An_endless_request_ends_when_the_client_disconnects(string fault)
    {
        await Faults(fault);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Emulator.ApiUri.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {Versions} HTTP/1.1\r\nHost: {Emulator.ApiUri.Authority}\r\nAuthorization: Bearer {BoxToken}\r\n\r\n"));
        await StatBecomes("box.inFlight", 1);
        socket.Close();

        await StatBecomes("box.inFlight", 0);
        Assert.Equal(1, await Stat("box.aborted"));
    }

    [Fact]
    public async Task A_delayed_request_with_latency_ends_when_the_client_disconnects()
    {
        await Settings("""{"latencyMs":600000}""");
        using var cancel = new CancellationTokenSource();
        Task<HttpResponseMessage> request = Http.SendAsync(Box(HttpMethod.Get, Versions), cancel.Token);
        await StatBecomes("box.inFlight", 1);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);

        await StatBecomes("box.inFlight", 0);
        Assert.Equal(1, await Stat("box.aborted"));
    }

    [Fact]
    public async Task A_small_reply_can_decompress_to_a_large_one()
    {
        await Faults("""{"action":"gzipBomb","sizeMiB":20}""");
        using HttpResponseMessage response = await GetBox(Versions);
        byte[] sent = await response.Content.ReadAsByteArrayAsync();
        await using var unfolded = new GZipStream(new MemoryStream(sent), CompressionMode.Decompress);
        long length = 0;
        byte[] buffer = new byte[64 * 1024];
        for (int count; (count = await unfolded.ReadAsync(buffer)) > 0;)
        {
            length += count;
        }

        Assert.True(length > 20 * 1024 * 1024);
        Assert.True(sent.Length < length / 50);
    }

    [Fact]
    public async Task A_change_can_be_applied_even_if_its_reply_is_lost()
    {
        string id = Ids((await BoxJson(Versions))["entries"]!)[0];
        await Faults("""{"method":"DELETE","action":"closeBeforeReply","handled":true,"times":1}""");

        // HttpClient resends a request when its connection ends before the reply.
        Assert.Empty(await Raw($"DELETE {Versions}/{id} HTTP/1.1\r\nHost: {Emulator.ApiUri.Authority}\r\nAuthorization: Bearer {BoxToken}\r\n\r\n"));

        Assert.NotNull((await BoxJson($"{Versions}/{id}"))["trashed_at"]);
    }

    [Fact]
    public async Task Latency_is_a_lower_bound()
    {
        await Settings("""{"latencyMs":40,"latencyJitterMs":10,"bodyDelayMs":20}""");
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await GetBox(Versions);
        JsonNode last = (await Control(HttpMethod.Get, "requests?last=1"))[0]!;

        Assert.True(Stopwatch.GetElapsedTime(start).TotalMilliseconds >= 60);
        Assert.True(last["endMs"]!.GetValue<double>() - last["startMs"]!.GetValue<double>() >= 60);
    }

    private async Task<byte[]> Raw(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Emulator.ApiUri.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var received = new MemoryStream();
        await socket.GetStream().CopyToAsync(received);
        return received.ToArray();
    }
}
