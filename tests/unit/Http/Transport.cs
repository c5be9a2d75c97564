using System.Collections.Concurrent;
using System.Text;
using FileVersions.Box;
using FileVersions.Http;
using FileVersions.ImageKit;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Http;

/// <summary>Sends one request as the clients do, over the network or to a <see cref="StubTransport"/>.</summary>
internal static class Transport
{
    internal const string Token = "tok-3f9a17c2e8";
    internal const string Key = "private_3f9a17c2e8";

    private static int s_accountCount;

    internal static BoxConnection Box(Uri address, int retries = 0, int timeoutMs = 10_000) =>
        BoxConnection.FromAccessToken(new Secret(Token), address, options: Options(retries, timeoutMs));

    /// <summary>Creates a separate account, whose throttle no other test shares.</summary>
    internal static BoxConnection Box(StubTransport transport, IClock? clock = null, int retries = 5, Func<double>? jitter = null) =>
        BoxConnection.FromAccessToken(new Secret($"token-{Interlocked.Increment(ref s_accountCount)}"), options: Options(transport, clock, retries, jitter));

    internal static IKConnection ImageKit(Uri address, int retries = 0, int timeoutMs = 10_000) =>
        IKConnection.FromPrivateKey(new Secret(Key), address, Options(retries, timeoutMs));

    internal static IKConnection ImageKit(StubTransport transport, IClock? clock = null, int retries = 5) =>
        IKConnection.FromPrivateKey(new Secret($"private-{Interlocked.Increment(ref s_accountCount)}"), options: Options(transport, clock, retries, null));

    internal static ConnectionOptions Options(StubTransport transport, IClock? clock, int retries, Func<double>? jitter) => new()
    {
        TestClient = new HttpClient(transport) { Timeout = Timeout.InfiniteTimeSpan },
        Clock = clock ?? new FakeClock { AutoAdvance = true },
        Jitter = jitter ?? (() => 1),
        MaximumRetryCount = retries,
    };

    /// <summary>Sends a request about file 1 and returns the text of the response.</summary>
    internal static Task<string> SendAsync(
        ServiceConnection connection,
        ConcurrentQueue<string>? log = null,
        bool isIdempotent = true,
        CancellationToken cancellationToken = default) =>
        connection.Requests.SendAsync(
            new ServiceRequest(HttpMethod.Get, "/2.0/files/1/versions", "1") { Log = log is null ? null : log.Enqueue, IsIdempotent = isIdempotent },
            (ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span),
            cancellationToken);

    /// <summary>Checks the kind of an error and the form of its message: sentences, then an optional line of details.</summary>
    internal static async Task<FileVersionException> FailsAsync(FileVersionErrorKind kind, Func<Task> send)
    {
        FileVersionException failure = await Assert.ThrowsAsync<FileVersionException>(send);
        Assert.True(kind == failure.Kind, failure.ToString());
        string[] lines = failure.Message.Split('\n');
        Assert.InRange(lines.Length, 1, 2);
        Assert.Matches(@"^[\p{Lu}'].*[.…]$", lines[0]);
        Assert.DoesNotContain("  ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?<!' ?)\.\.", failure.Message);
        if (lines.Length == 2)
        {
            Assert.Matches(@"^(Status: \d{3}|Attempts: \d)", lines[1]);
        }

        return failure;
    }

    private static ConnectionOptions Options(int retries, int timeoutMs) =>
        new() { MaximumRetryCount = retries, Timeout = TimeSpan.FromMilliseconds(timeoutMs) };
}
