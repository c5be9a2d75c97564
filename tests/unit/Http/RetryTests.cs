using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Http;
using Xunit;

namespace FileVersions.UnitTests.Http;

/// <summary>What is tried again, how long is waited, and when it is over.</summary>
public class RetryTests
{
    [Theory]
    [InlineData(429, FileVersionErrorKind.RateLimited)]
    [InlineData(500, FileVersionErrorKind.ServiceUnavailable)]
    [InlineData(502, FileVersionErrorKind.ServiceUnavailable)]
    [InlineData(503, FileVersionErrorKind.ServiceUnavailable)]
    [InlineData(504, FileVersionErrorKind.ServiceUnavailable)]
    public async Task Passing_faults_are_tried_again(int status, FileVersionErrorKind kind)
    {
        int left = 2;
        await using var server = new RawServer(_ => Interlocked.Decrement(ref left) >= 0 ? RawServer.Reply($"{status} X", "", "Retry-After: 0") : RawServer.Reply("200 OK", "fine"));
        var log = new ConcurrentQueue<string>();

        Assert.Equal("fine", await Transport.SendAsync(Transport.Box(server.Address, retries: 2), log));
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(2, log.Count(line => line.Contains($"({status} X", StringComparison.Ordinal)));

        left = 99;
        FileVersionException failure = await Transport.FailsAsync(kind, () => Transport.SendAsync(Transport.Box(server.Address, retries: 2)));
        Assert.Equal(6, server.Requests.Count);
        Assert.Contains("try 3 of 3", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, FileVersionErrorKind.InvalidRequest)]
    [InlineData(403, FileVersionErrorKind.AccessDenied)]
    [InlineData(404, FileVersionErrorKind.FileVersionNotFound)]
    [InlineData(405, FileVersionErrorKind.InvalidRequest)]
    [InlineData(412, FileVersionErrorKind.InvalidRequest)]
    [InlineData(501, FileVersionErrorKind.ServiceUnavailable)]
    [InlineData(302, FileVersionErrorKind.InvalidResponse)]
    [InlineData(610, FileVersionErrorKind.InvalidResponse)]
    public async Task Lasting_faults_are_not(int status, FileVersionErrorKind kind)
    {
        await using var server = new RawServer(_ => RawServer.Reply($"{status} X"));

        await Transport.FailsAsync(kind, () => Transport.SendAsync(Transport.Box(server.Address, retries: 5)));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Cut_connections_are_tried_again()
    {
        int left = 2;
        await using var server = new RawServer(_ => Interlocked.Decrement(ref left) >= 0 ? [] : RawServer.Reply("200 OK", "fine"));

        Assert.Equal("fine", await Transport.SendAsync(Transport.Box(server.Address, retries: 2)));
    }

    [Fact]
    public async Task Nobody_there_is_tried_again_and_told()
    {
        Uri nobody;
        await using (var server = new RawServer(_ => []))
        {
            nobody = server.Address;
        }

        var log = new ConcurrentQueue<string>();

        FileVersionException failure = await Transport.FailsAsync(
            FileVersionErrorKind.ConnectionFailed, () => Transport.SendAsync(Transport.Box(nobody, retries: 1), log));
        Assert.Single(log);
        Assert.Contains("file '1'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_repeated_only_where_the_service_did_not_take_it()
    {
        string status = "503 X";
        await using var server = new RawServer(_ => RawServer.Reply(status, "", "Retry-After: 0"));

        await Transport.FailsAsync(FileVersionErrorKind.ServiceUnavailable, () => Transport.SendAsync(Transport.Box(server.Address, retries: 2), isRepeatable: false));
        Assert.Single(server.Requests);

        status = "429 X";
        await Transport.FailsAsync(FileVersionErrorKind.RateLimited, () => Transport.SendAsync(Transport.Box(server.Address, retries: 2), isRepeatable: false));
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task A_wait_beyond_all_bounds_is_told_and_not_waited()
    {
        await using var server = new RawServer(_ => RawServer.Reply("429 X", "", "Retry-After: 86400"));
        var connection = Transport.Box(server.Address, retries: 5);

        FileVersionException failure = await Transport.FailsAsync(FileVersionErrorKind.RateLimited, () => Transport.SendAsync(connection));
        Assert.Equal(TimeSpan.FromDays(1), failure.RetryAfter);
        Assert.Contains("86400 s", failure.Message, StringComparison.Ordinal);

        // The next file finds out for itself.
        await Transport.FailsAsync(FileVersionErrorKind.RateLimited, () => Transport.SendAsync(connection));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Cancellation_cuts_a_wait_short()
    {
        await using var server = new RawServer(_ => RawServer.Reply("503 X", "", "Retry-After: 300"));
        using var stop = new CancellationTokenSource();
        var log = new ConcurrentQueue<string>();

        Task<string> sending = Transport.SendAsync(Transport.Box(server.Address, retries: 5), log, cancellationToken: stop.Token);
        while (log.IsEmpty)
        {
            await Task.Delay(5);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("300 s", Assert.Single(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_cuts_the_pause_of_an_account_short()
    {
        await using var server = new RawServer(_ => RawServer.Reply("429 X", "", "Retry-After: 300"));
        using var stop = new CancellationTokenSource();
        var connection = Transport.Box(server.Address, retries: 5);
        var log = new ConcurrentQueue<string>();

        Task<string> first = Transport.SendAsync(connection, log, cancellationToken: stop.Token);
        while (log.IsEmpty)
        {
            await Task.Delay(5);
        }

        Task<string> second = Transport.SendAsync(connection, log, cancellationToken: stop.Token);
        Assert.Contains(log, line => line.Contains("paused", StringComparison.Ordinal));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(TimeSpan.FromSeconds(30)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("3", 3.0)]
    [InlineData("0", 0.0)]
    [InlineData("0.25", 0.25)]
    [InlineData(" 7 ", 7.0)]
    [InlineData("-5", 0.0)]
    [InlineData("1e300", double.MaxValue)]
    [InlineData("99999999999999999999", double.MaxValue)]
    [InlineData("Sun, 06 Nov 1994 08:49:40 GMT", 3.0)]
    [InlineData("Sunday, 06-Nov-94 08:49:40 GMT", 3.0)]
    [InlineData("Sun Nov  6 08:49:40 1994", 3.0)]
    [InlineData("Sun, 06 Nov 1994 08:00:00 GMT", 0.0)]
    [InlineData("soon", null)]
    [InlineData("1,5", null)]
    [InlineData("NaN", null)]
    [InlineData("", null)]
    public void Retry_After_is_read_in_every_form_and_culture(string text, double? seconds)
    {
        foreach (string culture in (string[])["", "de-DE", "tr-TR", "ar-SA", "th-TH", "fa-IR"])
        {
            CultureInfo before = CultureInfo.CurrentCulture;
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            try
            {
                using var reply = new HttpResponseMessage();
                reply.Headers.TryAddWithoutValidation("Retry-After", text);
                reply.Headers.TryAddWithoutValidation("Date", "Sun, 06 Nov 1994 08:49:37 GMT");

                TimeSpan? wait = HeaderText.RetryAfter(reply.Headers);

                Assert.Equal(seconds is double.MaxValue ? TimeSpan.MaxValue : seconds is { } known ? TimeSpan.FromSeconds(known) : null, wait);
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }
    }

    [Fact]
    public async Task ImageKit_tells_milliseconds()
    {
        int left = 1;
        await using var server = new RawServer(_ => Interlocked.Decrement(ref left) >= 0
            ? RawServer.Reply("429 X", "", "X-RateLimit-Limit: 40", "X-RateLimit-Reset: 250", "X-RateLimit-Interval: 1000")
            : RawServer.Reply("200 OK", "fine"));
        var log = new ConcurrentQueue<string>();
        long start = Stopwatch.GetTimestamp();

        Assert.Equal("fine", await Transport.SendAsync(Transport.ImageKit(server.Address, retries: 1), log));
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(250));
        Assert.Contains(string.Create(CultureInfo.CurrentCulture, $"{0.25:0.###} s before try 2 of 2"), log.First(), StringComparison.Ordinal);
    }

    [Fact]
    public void Back_off_doubles_with_full_jitter_and_ends()
    {
        var plan = new RetryPlan(8);
        for (int i = 0; i < 8; i++)
        {
            double longest = Math.Min(0.5 * Math.Pow(2, i), 30);
            TimeSpan[] waits = [.. Enumerable.Range(0, 200).Select(_ => plan.WaitFor(null))];
            Assert.All(waits, wait => Assert.InRange(wait.TotalSeconds, 0, longest));
            Assert.Contains(waits, wait => wait.TotalSeconds > longest * 0.8);
            Assert.Contains(waits, wait => wait.TotalSeconds < longest * 0.2);
            Assert.True(plan.TryAgain(TimeSpan.Zero));
        }

        Assert.False(plan.TryAgain(TimeSpan.Zero));
        Assert.True(plan.TryAgain(TimeSpan.Zero, isFree: true));
    }

    [Fact]
    public void All_waits_of_a_request_have_a_bound()
    {
        var plan = new RetryPlan(100);
        Assert.True(plan.TryAgain(TimeSpan.FromMinutes(6)));
        Assert.False(plan.TryAgain(TimeSpan.FromMinutes(6)));
        Assert.False(plan.TryAgain(TimeSpan.MaxValue));

        int free = 0;
        while (plan.TryAgain(TimeSpan.Zero, isFree: true))
        {
            free++;
        }

        Assert.InRange(free, 1, 10_000);
    }
}
