using System.Runtime.InteropServices;
using System.Text;
using FileVersions.Http;
using FileVersions.ImageKit;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Http;

public sealed class SecretHandlingTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(100_000)]
    public async Task A_body_buffer_is_cleared_before_it_is_returned_to_the_pool(int length)
    {
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(new string('s', length)));
        content.Headers.ContentLength = null;
        PooledBody body = await PooledBody.ReadAsync(content, default);
        Assert.True(MemoryMarshal.TryGetArray(body.Bytes, out ArraySegment<byte> memory));
        Assert.Equal(length, memory.Count);

        body.Dispose();

        Assert.DoesNotContain((byte)'s', memory.Array!.AsSpan(0, length).ToArray());
    }

    [Fact]
    public void A_client_is_replaced_after_fifteen_minutes_to_pick_up_DNS_changes()
    {
        var clock = new FakeClock();
        string key = Guid.NewGuid().ToString();
        HttpClient first = Get();

        clock.Advance(HttpClients.MaxAge - TimeSpan.FromSeconds(1));
        Assert.Same(first, Get());
        clock.Advance(TimeSpan.FromSeconds(1));
        HttpClient second = Get();
        Assert.NotSame(first, second);
        Assert.Same(second, Get());

        HttpClient Get() => HttpClients.Get(key, () => new HttpClient(), clock);
    }

    [Fact]
    public async Task A_disposed_secret_is_reported_as_an_invalid_setting()
    {
        var secret = new Secret("private_1");
        var account = IKConnection.FromPrivateKey(secret);
        secret.Dispose();

        FileVersionException failure = await Transport.FailsAsync(FileVersionErrorKind.InvalidConfiguration, () => account.VerifyAsync());

        Assert.True(failure.IsAccountError);
        Assert.Equal(9, secret.Length);
        Assert.Throws<FileVersionException>(() => secret.Matches(new Secret("a")));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(TimeSpan.TicksPerDay * 25)]
    public void A_timeout_out_of_range_is_reported_as_an_invalid_setting(long ticks)
    {
        var options = new ConnectionOptions { Timeout = TimeSpan.FromTicks(ticks) };

        FileVersionException failure = Assert.Throws<FileVersionException>(() => IKConnection.FromPrivateKey(new Secret("private_1"), options: options));

        Assert.Equal(FileVersionErrorKind.InvalidConfiguration, failure.Kind);
        Assert.Contains("is not a valid timeout", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_number_of_retries_is_reported_as_an_invalid_setting()
    {
        var options = new ConnectionOptions { MaximumRetryCount = -1 };

        FileVersionException failure = Assert.Throws<FileVersionException>(() => IKConnection.FromPrivateKey(new Secret("private_1"), options: options));

        Assert.Equal(FileVersionErrorKind.InvalidConfiguration, failure.Kind);
    }

    [Fact]
    public async Task Later_changes_to_the_options_do_not_affect_a_connection()
    {
        StubTransport transport = StubTransport.WithStatuses(503);
        ConnectionOptions options = Transport.Options(transport, null, 2, null);
        var account = IKConnection.FromPrivateKey(new Secret("private_options"), options: options);
        options.MaximumRetryCount = 0;

        await Transport.FailsAsync(FileVersionErrorKind.ServiceUnavailable, () => account.VerifyAsync());

        Assert.Equal(3, transport.Count);
    }
}
