using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using FileVersions.Http;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Http;

/// <summary>Uses a fake clock, so no test waits.</summary>
public sealed class RetryTests
{
    private readonly FakeClock _clock = new() { AutoAdvance = true };

    public static TheoryData<int, bool, FileVersionErrorKind> Statuses => new()
    {
        { 300, false, FileVersionErrorKind.InvalidResponse },
        { 302, false, FileVersionErrorKind.InvalidResponse },
        { 304, false, FileVersionErrorKind.InvalidResponse },
        { 400, false, FileVersionErrorKind.InvalidRequest },
        { 401, false, FileVersionErrorKind.AuthenticationFailed },
        { 402, false, FileVersionErrorKind.InvalidRequest },
        { 403, false, FileVersionErrorKind.AccessDenied },
        { 404, false, FileVersionErrorKind.FileVersionNotFound },
        { 405, false, FileVersionErrorKind.InvalidRequest },
        { 406, false, FileVersionErrorKind.InvalidRequest },
        { 407, false, FileVersionErrorKind.ConnectionFailed },
        { 408, true, FileVersionErrorKind.RequestTimedOut },
        { 409, false, FileVersionErrorKind.Conflict },
        { 410, false, FileVersionErrorKind.InvalidRequest },
        { 412, false, FileVersionErrorKind.Conflict },
        { 413, false, FileVersionErrorKind.InvalidRequest },
        { 415, false, FileVersionErrorKind.InvalidRequest },
        { 418, false, FileVersionErrorKind.InvalidRequest },
        { 422, false, FileVersionErrorKind.InvalidRequest },
        { 423, false, FileVersionErrorKind.InvalidRequest },
        { 425, true, FileVersionErrorKind.ServiceUnavailable },
        { 428, false, FileVersionErrorKind.InvalidRequest },
        { 429, true, FileVersionErrorKind.RateLimited },
        { 431, false, FileVersionErrorKind.InvalidRequest },
        { 451, false, FileVersionErrorKind.InvalidRequest },
        { 500, true, FileVersionErrorKind.ServiceUnavailable },
        { 501, false, FileVersionErrorKind.ServiceUnavailable },
        { 502, true, FileVersionErrorKind.ServiceUnavailable },
        { 503, true, FileVersionErrorKind.ServiceUnavailable },
        { 504, true, FileVersionErrorKind.ServiceUnavailable },
        { 505, false, FileVersionErrorKind.ServiceUnavailable },
        { 507, false, FileVersionErrorKind.ServiceUnavailable },
        { 509, true, FileVersionErrorKind.ServiceUnavailable },
        { 511, false, FileVersionErrorKind.ServiceUnavailable },
        { 520, true, FileVersionErrorKind.ServiceUnavailable },
        { 521, false, FileVersionErrorKind.ServiceUnavailable },
        { 522, true, FileVersionErrorKind.ServiceUnavailable },
        { 524, true, FileVersionErrorKind.ServiceUnavailable },
        { 529, true, FileVersionErrorKind.ServiceUnavailable },
        { 600, false, FileVersionErrorKind.InvalidResponse },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Each_status_has_a_retry_decision_and_an_error_kind(int status, bool isRetried, FileVersionErrorKind kind)
    {
        StubTransport transport = StubTransport.WithStatuses(status);

        FileVersionException failure = await Transport.FailsAsync(kind, () => Transport.SendAsync(Transport.Box(transport, _clock, retries: 2)));

        Assert.Equal(isRetried ? 3 : 1, transport.Count);
        Assert.Equal(status, (int)failure.StatusCode!);
        Assert.Equal(isRetried, failure.Message.Contains("attempts: 3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_408_is_reported_as_a_timeout()
    {
        FileVersionException failure = await Transport.FailsAsync(
            FileVersionErrorKind.RequestTimedOut, () => Transport.SendAsync(Transport.Box(StubTransport.WithStatuses(408), retries: 0)));

        Assert.Equal("Box did not receive the request for file '1' in time. Try again later, or allow more time.\nStatus: 408 (Request Timeout)", failure.Message);
    }

    [Fact]
    public async Task A_request_succeeds_after_transient_failures()
    {
        StubTransport transport = StubTransport.WithStatuses(503, 500, 200);
        var log = new ConcurrentQueue<string>();

        await Transport.SendAsync(Transport.Box(transport, _clock), log);

        Assert.Equal(
            [
                "Waiting 0.5 s before attempt 2 of 6 of the request for file '1'. Status: 503 (Service Unavailable)",
                "Waiting 1 s before attempt 3 of 6 of the request for file '1'. Status: 500 (Internal Server Error)",
            ],
            log.Where(line => line.StartsWith("Waiting", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_delay_doubles_up_to_thirty_seconds()
    {
        await Transport.FailsAsync(
            FileVersionErrorKind.ServiceUnavailable, () => Transport.SendAsync(Transport.Box(StubTransport.WithStatuses(503), _clock, retries: 8)));

        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30], _clock.Delays.Select(delay => delay.TotalSeconds));
    }

    [Fact]
    public async Task Jitter_scales_the_delay_by_a_random_factor()
    {
        var random = new Queue<double>([0, 0.25, 0.5]);

        await Transport.FailsAsync(
            FileVersionErrorKind.ServiceUnavailable,
            () => Transport.SendAsync(Transport.Box(StubTransport.WithStatuses(503), _clock, retries: 3, random.Dequeue)));

        Assert.Equal([0, 0.25, 1], _clock.Delays.Select(delay => delay.TotalSeconds));
    }

    [Fact]
    public async Task A_requested_delay_replaces_the_back_off()
    {
        var transport = new StubTransport((number, _) => number <= 2 ? Refused(503, "Retry-After", "7") : new HttpResponseMessage());

        await Transport.SendAsync(Transport.Box(transport, _clock));

        Assert.Equal([7, 7], _clock.Delays.Select(delay => delay.TotalSeconds));
    }

    [Fact]
    public async Task An_ImageKit_delay_is_read_in_milliseconds()
    {
        var transport = new StubTransport((number, _) => number == 1 ? Refused(429, "X-RateLimit-Reset", "250") : new HttpResponseMessage());

        await Transport.SendAsync(Transport.ImageKit(transport, _clock));

        Assert.Equal(0.25, Assert.Single(_clock.Delays).TotalSeconds);
    }

    [Fact]
    public async Task The_total_delay_of_a_request_is_limited()
    {
        var transport = new StubTransport(() => Refused(503, "Retry-After", "240"));

        await Transport.FailsAsync(FileVersionErrorKind.ServiceUnavailable, () => Transport.SendAsync(Transport.Box(transport, _clock, retries: 100)));

        // A third delay would exceed ten minutes.
        Assert.Equal([240, 240], _clock.Delays.Select(delay => delay.TotalSeconds));
    }

    [Fact]
    public async Task A_delay_above_the_limit_fails_each_request_immediately()
    {
        var transport = new StubTransport(() => Refused(429, "Retry-After", "86400"));
        ServiceConnection connection = Transport.Box(transport, _clock);

        FileVersionException failure = await Transport.FailsAsync(FileVersionErrorKind.RateLimited, () => Transport.SendAsync(connection));
        await Transport.FailsAsync(FileVersionErrorKind.RateLimited, () => Transport.SendAsync(connection));

        Assert.Equal(TimeSpan.FromDays(1), failure.RetryAfter);
        Assert.Contains("Try again in 86400 s", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_clock.Delays);
        Assert.Equal(2, transport.Count);
    }

    [Fact]
    public async Task Waiting_for_content_to_be_ready_does_not_use_attempts()
    {
        var transport = new StubTransport((number, _) => number <= 20 ? Refused(202, "Retry-After", "5") : Redirect("https://dl.example.com/a"));
        var version = new FileVersions.Services.VersionToSave("1", "2");

        await new FileVersions.Box.BoxContentService(Transport.Box(transport, _clock, retries: 1)).LocateAsync(version, false, null, default);

        Assert.Equal(20, _clock.Delays.Count);
    }

    [Fact]
    public async Task Content_that_is_never_ready_fails_after_ten_minutes()
    {
        var transport = new StubTransport(() => Refused(202, "Retry-After", "60"));
        var version = new FileVersions.Services.VersionToSave("1", "2");
        var service = new FileVersions.Box.BoxContentService(Transport.Box(transport, _clock));

        FileVersionException failure = await Transport.FailsAsync(
            FileVersionErrorKind.ServiceUnavailable, () => service.LocateAsync(version, false, null, default));

        Assert.Equal(TimeSpan.FromMinutes(10), _clock.Elapsed);
        Assert.Contains("still preparing", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, 1)]
    [InlineData(408, 1)]
    [InlineData(425, 3)]
    [InlineData(429, 3)]
    public async Task A_change_is_retried_only_if_the_service_has_not_processed_it(int status, int attempts)
    {
        StubTransport transport = StubTransport.WithStatuses(status);

        await Assert.ThrowsAsync<FileVersionException>(() => Transport.SendAsync(Transport.Box(transport, _clock, retries: 2), isIdempotent: false));

        Assert.Equal(attempts, transport.Count);
    }

    [Fact]
    public async Task A_version_not_found_after_a_failed_attempt_counts_as_removed()
    {
        StubTransport transport = StubTransport.WithStatuses(503, 404);

        await Transport.Box(transport, _clock).Requests.RemoveAsync("/2.0/files/1/versions/2", "1", "2", null, default);

        Assert.Equal(2, transport.Count);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(429, 404)]
    public async Task A_version_that_never_existed_is_an_error(params int[] statuses)
    {
        StubTransport transport = StubTransport.WithStatuses(statuses);

        await Transport.FailsAsync(
            FileVersionErrorKind.FileVersionNotFound,
            () => Transport.Box(transport, _clock).Requests.RemoveAsync("/2.0/files/1/versions/2", "1", "2", null, default));
    }

#if NET // .NET Framework reports a WebExceptionStatus instead; see the next test.
    [Theory]
    [InlineData(SocketError.HostNotFound, 1)]
    [InlineData(SocketError.NoData, 1)]
    [InlineData(SocketError.TryAgain, 3)]
    [InlineData(SocketError.NoRecovery, 3)]
    [InlineData(SocketError.ConnectionRefused, 3)]
    [InlineData(SocketError.NetworkUnreachable, 3)]
    [InlineData(SocketError.TimedOut, 3)]
    public async Task An_unknown_host_is_reported_without_a_retry(SocketError error, int attempts)
    {
        HttpRequestError reason = error is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery
            ? HttpRequestError.NameResolutionError
            : HttpRequestError.ConnectionError;
        var transport = new StubTransport(() => throw new HttpRequestException(reason, "no", new SocketException((int)error)));

        FileVersionException failure = await Transport.FailsAsync(
            FileVersionErrorKind.ConnectionFailed, () => Transport.SendAsync(Transport.Box(transport, _clock, retries: 2)));

        Assert.Equal(attempts, transport.Count);
        Assert.StartsWith("Could not reach Box for file '1': ", failure.Message, StringComparison.Ordinal);
    }

    // .NET 8 and later versions report a refused tunnel in different ways.
    [Theory]
    [InlineData(null, 407, 1, HttpStatusCode.ProxyAuthenticationRequired)]
    [InlineData(HttpStatusCode.ProxyAuthenticationRequired, 407, 1, HttpStatusCode.ProxyAuthenticationRequired)]
    [InlineData(null, 502, 3, null)]
    public async Task A_proxy_that_rejects_its_credential_is_reported_without_a_retry(HttpStatusCode? status, int inMessage, int attempts, HttpStatusCode? reported)
    {
        string message = $"The proxy tunnel request to proxy 'http://proxy.example/' failed with status code '{inMessage}'.";
        var transport = new StubTransport(() => throw new HttpRequestException(HttpRequestError.ProxyTunnelError, message, null, status));

        FileVersionException failure = await Transport.FailsAsync(
            FileVersionErrorKind.ConnectionFailed, () => Transport.SendAsync(Transport.Box(transport, _clock, retries: 2)));

        Assert.Equal(attempts, transport.Count);
        Assert.Equal(reported, failure.StatusCode);
    }
#endif

    [Theory]
    [InlineData(WebExceptionStatus.NameResolutionFailure, 1, FileVersionErrorKind.ConnectionFailed)]
    [InlineData(WebExceptionStatus.ProxyNameResolutionFailure, 1, FileVersionErrorKind.ConnectionFailed)]
    [InlineData(WebExceptionStatus.ConnectFailure, 3, FileVersionErrorKind.ConnectionFailed)]
    [InlineData(WebExceptionStatus.ConnectionClosed, 3, FileVersionErrorKind.ConnectionFailed)]
    [InlineData(WebExceptionStatus.ServerProtocolViolation, 1, FileVersionErrorKind.InvalidResponse)]
    [InlineData(WebExceptionStatus.MessageLengthLimitExceeded, 1, FileVersionErrorKind.InvalidResponse)]
    public async Task DotNet_Framework_connection_statuses_are_classified_alike(WebExceptionStatus status, int attempts, FileVersionErrorKind kind)
    {
        var transport = new StubTransport(() => throw new HttpRequestException("no", new WebException("no", status)));

        await Transport.FailsAsync(kind, () => Transport.SendAsync(Transport.Box(transport, _clock, retries: 2)));

        Assert.Equal(attempts, transport.Count);
    }

    [Fact]
    public async Task An_untrusted_certificate_is_reported_without_a_retry()
    {
        var transport = new StubTransport(() => throw new HttpRequestException("no", new AuthenticationException("not trusted")));

        await Transport.FailsAsync(FileVersionErrorKind.ConnectionFailed, () => Transport.SendAsync(Transport.Box(transport, _clock)));

        Assert.Equal(1, transport.Count);
    }

    [Fact]
    public async Task An_unsupported_proxy_is_reported_without_a_retry()
    {
        var transport = new StubTransport(() => throw new NotSupportedException("The scheme is not supported."));

        await Transport.FailsAsync(FileVersionErrorKind.ConnectionFailed, () => Transport.SendAsync(Transport.Box(transport, _clock)));

        Assert.Equal(1, transport.Count);
    }

    [Fact]
    public async Task A_cancellation_not_requested_by_the_caller_is_a_connection_failure()
    {
        var transport = new StubTransport(() => throw new OperationCanceledException());

        await Transport.FailsAsync(FileVersionErrorKind.ConnectionFailed, () => Transport.SendAsync(Transport.Box(transport, _clock, retries: 1)));

        Assert.Equal(2, transport.Count);
    }

    [Fact]
    public async Task A_lost_connection_is_retried()
    {
        var transport = new StubTransport((number, _) => number <= 2 ? throw new IOException("reset") : new HttpResponseMessage());

        await Transport.SendAsync(Transport.Box(transport, _clock));

        Assert.Equal(3, transport.Count);
    }

    [Fact]
    public async Task Every_attempt_has_the_full_timeout()
    {
        var clock = new FakeClock { AutoAdvance = true };
        var transport = new StubTransport((_, _) =>
        {
            // The response takes longer than the timeout of 100 s.
            clock.Advance(TimeSpan.FromSeconds(101));
            throw new OperationCanceledException();
        });

        FileVersionException failure = await Transport.FailsAsync(
            FileVersionErrorKind.RequestTimedOut, () => Transport.SendAsync(Transport.Box(transport, clock, retries: 1)));

        Assert.Equal(2, transport.Count);
        Assert.Equal("Box did not send a complete response for file '1' within 100 s. Try again later, or allow more time.\nAttempts: 2", failure.Message);
    }

    [Fact]
    public async Task Cancellation_ends_a_delay()
    {
        var clock = new FakeClock();
        using var stop = new CancellationTokenSource();
        Task<string> sending = Transport.SendAsync(Transport.Box(StubTransport.WithStatuses(503), clock), cancellationToken: stop.Token);
        Assert.Equal(TimeSpan.FromSeconds(0.5), await clock.NextDelayAsync());

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task A_refusal_delays_other_requests_of_the_account()
    {
        var clock = new FakeClock();
        var transport = new StubTransport((number, _) => number == 1 ? Refused(429, "Retry-After", "30") : new HttpResponseMessage());
        ServiceConnection connection = Transport.Box(transport, clock);
        var log = new ConcurrentQueue<string>();
        Task<string> first = Transport.SendAsync(connection);
        Assert.Equal(30, (await clock.NextDelayAsync()).TotalSeconds);

        Task<string> second = Transport.SendAsync(connection, log);
        Assert.Equal(30, (await clock.NextDelayAsync()).TotalSeconds);
        Assert.Equal("Waiting 30 s before the request for file '1', because the service limits the request rate.", Assert.Single(log));
        Assert.Equal(1, transport.Count);

        clock.Advance(TimeSpan.FromSeconds(30));
        await first;
        await second;
        Assert.Equal(3, transport.Count);
    }

    private static HttpResponseMessage Refused(int status, string header, string value)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status);
        response.Headers.TryAddWithoutValidation(header, value);
        return response;
    }

    private static HttpResponseMessage Redirect(string address)
    {
        var response = new HttpResponseMessage(HttpStatusCode.Found);
        response.Headers.Location = new Uri(address);
        return response;
    }
}
