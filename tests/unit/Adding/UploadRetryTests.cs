using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FileVersions.Box;
using FileVersions.Box.Uploads;
using FileVersions.Services;
using FileVersions.UnitTests.Http;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Adding;

/// <summary>Checks the requests and delays of Box uploads with an in-memory transport and a fake clock.</summary>
public sealed class UploadRetryTests : AddingTestBase
{
    private const int LargeSize = 20_000_001;

    private readonly FakeClock _clock = new() { AutoAdvance = true };
    private string _uploadHeaders = string.Empty;
    private string _uploadBody = string.Empty;

    [Fact]
    public async Task A_large_upload_uses_the_upload_host_and_the_addresses_of_the_session()
    {
        StubTransport box = await UploadAsync(LargeSize);

        Assert.Equal(
            [
                "GET https://api.box.com/2.0/files/1",
                "POST https://upload.box.com/api/2.0/files/1/upload_sessions",
                "PUT https://upload.app.box.com/s/7",
                "PUT https://upload.app.box.com/s/7",
                "POST https://upload.app.box.com/s/7/commit",
                "GET https://api.box.com/2.0/files/1/versions/11",
            ],
            PathsOf(box));
        Assert.Empty(_clock.Delays);
    }

    [Fact]
    public async Task A_failed_part_is_checked_before_it_is_retried_after_a_delay()
    {
        StubTransport box = await UploadAsync(LargeSize, ("PUT", 1, () => Status(503)), ("PUT", 2, () => Status(503)));

        Assert.Equal(4, CountOf(box, "PUT"));
        Assert.Equal(2, CountOf(box, "GET https://upload.app.box.com/s/7/parts"));
        Assert.Equal([0.5, 1], Seconds());
    }

    [Fact]
    public async Task A_part_is_retried_after_the_delay_that_the_service_requests()
    {
        await UploadAsync(LargeSize, ("PUT", 1, () => RetryAfter(Status(503), 9)));

        Assert.Equal([9], Seconds());
    }

    [Fact]
    public async Task A_part_is_retried_up_to_the_maximum_of_the_account()
    {
        (string, int, Func<HttpResponseMessage>)[] faults = [.. Enumerable.Range(1, 20).Select(i => ("PUT", i, (Func<HttpResponseMessage>)(() => Status(500))))];
        StubTransport box = CreateBox(LargeSize, faults);

        FileVersionException error = Assert.Single((await AddToBoxAsync(
            new VersionToAdd("1", CreateFile(LargeSize)), new BoxVersionUploader(Transport.Box(box, _clock, retries: 2)), throttleLimit: 1)).Errors);

        Assert.Equal(FileVersionErrorKind.ServiceUnavailable, error.Kind);
        Assert.Equal(3, CountOf(box, "PUT"));
        Assert.Equal(1, CountOf(box, "DELETE"));
        Assert.Equal(0, CountOf(box, "POST https://upload.app.box.com/s/7/commit"));
    }

    [Fact]
    public async Task The_commit_waits_for_the_requested_delay()
    {
        StubTransport box = await UploadAsync(
            LargeSize,
            ("commit", 1, () => RetryAfter(Status(202), 7)),
            ("commit", 2, () => Json(400, """{"code":"parts_mismatch"}""")),
            ("commit", 3, () => Json(400, """{"code":"parts_mismatch"}""")));

        Assert.Equal(4, CountOf(box, "POST https://upload.app.box.com/s/7/commit"));
        Assert.Equal([7, 1, 2], Seconds());
    }

    [Fact]
    public async Task A_failed_small_upload_is_retried_after_a_delay_and_a_look_at_the_file()
    {
        StubTransport box = await UploadAsync(1000, ("content", 1, () => RetryAfter(Status(503), 9)), ("content", 2, () => Status(503)));

        Assert.Equal([9, 1], Seconds());
        Assert.Equal(
            [
                "GET https://api.box.com/2.0/files/1",
                "POST https://upload.box.com/api/2.0/files/1/content",
                "GET https://api.box.com/2.0/files/1",
                "POST https://upload.box.com/api/2.0/files/1/content",
                "GET https://api.box.com/2.0/files/1",
                "POST https://upload.box.com/api/2.0/files/1/content",
                "GET https://api.box.com/2.0/files/1/versions/11",
            ],
            PathsOf(box));
    }

    [Fact]
    public async Task Content_that_arrived_damaged_is_not_sent_again()
    {
        StubTransport box = CreateBox(
            1000, ("content", 1, () => Json(201, """{"entries":[{"type":"file","id":"1","sha1":"ab","file_version":{"type":"file_version","id":"11"}}]}""")));

        FileVersionException error = Assert.Single((await AddToBoxAsync(
            new VersionToAdd("1", CreateFile(1000)), new BoxVersionUploader(Transport.Box(box, _clock)))).Errors);

        Assert.Equal(FileVersionErrorKind.InvalidResponse, error.Kind);
        Assert.Contains("version '11'", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, CountOf(box, "POST https://upload.box.com/api/2.0/files/1/content"));
    }

    [Fact]
    public async Task A_rejected_small_upload_is_retried()
    {
        StubTransport box = await UploadAsync(1000, ("content", 1, () => RetryAfter(Status(429), 3)));

        Assert.Equal(2, CountOf(box, "POST https://upload.box.com/api/2.0/files/1/content"));
        Assert.Contains(3, Seconds());
    }

    [Fact]
    public async Task A_small_upload_sends_attributes_before_the_content_and_the_SHA_1_in_a_header()
    {
        string path = CreateFile(1000);
        var date = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1));

        await AddToBoxAsync(new VersionToAdd("1", path) { ETag = "3", ModifiedAt = date }, new BoxVersionUploader(Transport.Box(CreateBox(1000), _clock)));

        Assert.Contains($"Content-MD5: {Sha1Of(path)}", _uploadHeaders, StringComparison.Ordinal);
        Assert.Contains("If-Match: 3", _uploadHeaders, StringComparison.Ordinal);
        Assert.Matches("""(?s)name="attributes".*"name":"a","content_modified_at":"2026-01-02T03:04:05[^"]*01:00".*octet-stream.*name="file".""", _uploadBody);
    }

    [Fact]
    public async Task A_timed_out_upload_is_not_retried()
    {
        StubTransport box = CreateBox(1000, ("content", 1, () => throw new OperationCanceledException()));
        var clock = new TimeoutClock();

        FileVersionException error = Assert.Single((await AddToBoxAsync(
            new VersionToAdd("1", CreateFile(1000)), new BoxVersionUploader(Transport.Box(box, clock, retries: 5)))).Errors);

        Assert.Equal(FileVersionErrorKind.RequestTimedOut, error.Kind);
        Assert.Contains("not known", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, CountOf(box, "POST https://upload.box.com/api/2.0/files/1/content"));
    }

    private static HttpResponseMessage Status(int status) => new((HttpStatusCode)status) { Content = new ByteArrayContent([]) };

    private static HttpResponseMessage Json(int status, string json) => new((HttpStatusCode)status) { Content = new StringContent(json) };

    private static HttpResponseMessage RetryAfter(HttpResponseMessage response, int seconds)
    {
        response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds));
        return response;
    }

    private static string[] PathsOf(StubTransport box) => [.. box.Requests.Select(request => request.Split('?')[0])];

    private static int CountOf(StubTransport box, string start) => PathsOf(box).Count(path => path == start || (!start.Contains(' ', StringComparison.Ordinal) && path.StartsWith(start + " ", StringComparison.Ordinal)));

    private double[] Seconds() => [.. _clock.Delays.Select(delay => delay.TotalSeconds)];

    private async Task<StubTransport> UploadAsync(int size, params (string Request, int Number, Func<HttpResponseMessage> Answer)[] faults)
    {
        StubTransport box = CreateBox(size, faults);
        Listing<BoxFileVersion> added = await AddToBoxAsync(
            new VersionToAdd("1", CreateFile(size)), new BoxVersionUploader(Transport.Box(box, _clock)), throttleLimit: 1);
        Assert.Equal("11", Assert.Single(added.Items).VersionId);
        return box;
    }

    /// <summary>Creates an in-memory Box with one file, whose session has two parts. A fault replaces the n-th response of its kind.</summary>
    private StubTransport CreateBox(int size, params (string Request, int Number, Func<HttpResponseMessage> Answer)[] faults)
    {
        string sha1 = Sha1Of(CreateFile(size));
        var counts = new Dictionary<string, int>();
        bool isAdded = false;
        return new StubTransport((_, request) =>
        {
            // Read the content, as a network transport does.
            using var sent = new MemoryStream();
            request.Content?.CopyToAsync(sent).GetAwaiter().GetResult();
            string path = request.RequestUri!.AbsolutePath;
            string kind = request.Method == HttpMethod.Put ? "PUT" : Path.GetFileName(path);
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
            foreach ((string name, int number, Func<HttpResponseMessage> answer) in faults)
            {
                if (name == kind && number == counts[kind])
                {
                    return answer();
                }
            }

            isAdded |= kind is "commit" or "content";
            if (kind == "content")
            {
                _uploadHeaders = $"{request.Headers}{request.Content!.Headers}";
                _uploadBody = Encoding.Latin1.GetString(sent.ToArray());
            }

            string file = $$"""{"type":"file","id":"1","name":"a","size":5,"etag":"3","sha1":"{{(isAdded ? sha1 : "00")}}","file_version":{"type":"file_version","id":"{{(isAdded ? 11 : 10)}}"} }""";
            return kind switch
            {
                "PUT" => Json(200, $$"""{"part":{"part_id":"P","offset":{{request.Content!.Headers.ContentRange!.From}},"size":{{request.Content.Headers.ContentLength}} } }"""),
                "upload_sessions" => Json(201, """{"id":"7","part_size":16777216,"session_endpoints":{"upload_part":"https://upload.app.box.com/s/7","commit":"https://upload.app.box.com/s/7/commit","abort":"https://upload.app.box.com/s/7","list_parts":"https://upload.app.box.com/s/7/parts"}}"""),
                "parts" => Json(200, """{"entries":[],"total_count":0}"""),
                "commit" or "content" => Json(201, $$"""{"entries":[{{file}}]}"""),
                "11" => Json(200, $$"""{"type":"file_version","id":"11","sha1":"{{sha1}}","created_at":"2026-01-01T00:00:00Z"}"""),
                "7" => Status(204),
                _ => Json(200, file),
            };
        });
    }

    /// <summary>A clock whose timeouts for uploads expire immediately.</summary>
    private sealed class TimeoutClock : FileVersions.Http.IClock
    {
        private readonly FakeClock _inner = new() { AutoAdvance = true };

        public DateTimeOffset UtcNow => _inner.UtcNow;

        public long GetTimestamp() => _inner.GetTimestamp();

        public TimeSpan GetElapsedTime(long startingTimestamp) => _inner.GetElapsedTime(startingTimestamp);

        public Task Delay(TimeSpan delay, CancellationToken cancellationToken) => _inner.Delay(delay, cancellationToken);

        // Sending the body requests the timeout a second time.
        public void CancelAfter(CancellationTokenSource source, TimeSpan delay)
        {
            if (!_seen.Add(source))
            {
                source.Cancel();
            }
        }

        private readonly HashSet<CancellationTokenSource> _seen = [];
    }
}
