using System;
using System.Collections.Concurrent;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Box;
using FileVersions.Http;
using FileVersions.ImageKit;
using Xunit;

namespace FileVersions.UnitTests.Http;

/// <summary>One request of an account, as the clients send it, and what became of it.</summary>
internal static class Transport
{
    internal const string Token = "tok-3f9a17c2e8";
    internal const string Key = "private_3f9a17c2e8";

    internal static BoxConnection Box(Uri address, int retries = 0, int timeoutMs = 10_000) =>
        BoxConnection.FromAccessToken(new Secret(Token), address, options: Options(retries, timeoutMs));

    internal static IKConnection ImageKit(Uri address, int retries = 0, int timeoutMs = 10_000) =>
        IKConnection.FromPrivateKey(new Secret(Key), address, Options(retries, timeoutMs));

    /// <summary>Sends a request about file 1 and gives the reply's text.</summary>
    internal static Task<string> SendAsync(
        ServiceConnection connection,
        ConcurrentQueue<string>? log = null,
        bool isRepeatable = true,
        string? asUser = null,
        CancellationToken cancellationToken = default) =>
        new ServiceTransport(connection).SendAsync(
            new ServiceRequest(HttpMethod.Get, "/2.0/files/1/versions", "1") { Log = log is null ? null : log.Enqueue, IsRepeatable = isRepeatable, AsUser = asUser },
            body => Encoding.UTF8.GetString(body.Span),
            cancellationToken);

    internal static async Task<FileVersionException> FailsAsync(FileVersionErrorKind kind, Func<Task> send)
    {
        FileVersionException failure = await Assert.ThrowsAsync<FileVersionException>(send);
        Assert.True(kind == failure.Kind, failure.ToString());
        Assert.Matches(@"^\p{Lu}", failure.Message);
        Assert.Matches(@"[.…]$", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.DoesNotContain("  ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?<!' ?)\.\.", failure.Message);
        return failure;
    }

    private static ConnectionOptions Options(int retries, int timeoutMs) =>
        new() { MaximumRetryCount = retries, Timeout = TimeSpan.FromMilliseconds(timeoutMs) };
}
