using System.Collections.Concurrent;
using System.Net;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Http;

public sealed class LogTests
{
    private readonly FakeClock _clock = new() { AutoAdvance = true };
    private readonly ConcurrentQueue<string> _log = new();

    [Fact]
    public async Task Each_attempt_is_logged_with_its_duration_status_and_request_id()
    {
        var transport = new StubTransport((number, _) =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(12));
            var response = new HttpResponseMessage(number == 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
            response.Headers.Add("box-request-id", $"id{number}");
            return response;
        });

        await Transport.SendAsync(Transport.Box(transport, _clock), _log);

        Assert.Equal(
            [
                "GET /2.0/files/1/versions (12 ms). Status: 503 (Service Unavailable), request id: id1",
                "Waiting 0.5 s before attempt 2 of 6 of the request for file '1'. Status: 503 (Service Unavailable)",
                "GET /2.0/files/1/versions (12 ms). Status: 200 (OK), request id: id2",
            ],
            _log);
    }

    [Fact]
    public async Task An_attempt_without_a_response_is_logged()
    {
        var transport = new StubTransport((_, _) => throw new HttpRequestException("no route"));

        await Assert.ThrowsAsync<FileVersionException>(() => Transport.SendAsync(Transport.Box(transport, _clock, retries: 0), _log));

        Assert.Equal("GET /2.0/files/1/versions (0 ms). No complete response.", Assert.Single(_log));
    }

    [Fact]
    public async Task Queries_and_paths_of_content_addresses_are_not_logged()
    {
        var connection = Transport.Box(StubTransport.WithStatuses(200), _clock);
        const string Address = "https://dl.example.com/d/secret-in-path/file?sig=secret-in-query";

        await connection.Requests.SendAsync(
            new FileVersions.Http.ServiceRequest(HttpMethod.Get, "/2.0/files/1?sig=secret-in-query", "1") { Log = _log.Enqueue }, (ReadOnlyMemory<byte> _) => 0, default);
        await connection.Content.SendAsync(
            new FileVersions.Http.ServiceRequest(HttpMethod.Get, Address, "1") { Log = _log.Enqueue, Receive = (_, _, _) => Task.CompletedTask },
            (ReadOnlyMemory<byte> _) => 0,
            default);

        Assert.Equal(["GET /2.0/files/1 (0 ms). Status: 200 (OK)", "GET https://dl.example.com (0 ms). Status: 200 (OK)"], _log);
    }
}
