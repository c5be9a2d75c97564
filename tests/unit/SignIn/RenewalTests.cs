using System.Net.Http.Headers;
using FileVersions.Box;
using FileVersions.Http;

namespace FileVersions.UnitTests.SignIn;

public sealed class RenewalTests : SignInTestBase
{
    [Fact]
    public async Task Concurrent_requests_share_one_token_request()
    {
        await Settings("""{ "latencyMs": 100 }""");
        BoxConnection account = ByClientCredentials();

        AuthenticationHeaderValue[] tokens = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => TokenOf(account)));

        Assert.Single(tokens.Select(token => token.Parameter).Distinct());
        Assert.Equal(1, await TokenRequests());
    }

    [Fact]
    public async Task A_token_is_reused_while_it_is_valid()
    {
        BoxConnection account = ByClientCredentials();
        Assert.Null(account.ExpiresAt);
        await account.VerifyAsync();
        await account.VerifyAsync();

        Assert.Equal(1, await TokenRequests());
        Assert.InRange(account.ExpiresAt!.Value, DateTimeOffset.Now.AddMinutes(55), DateTimeOffset.Now.AddMinutes(60));
        Assert.Equal("909", account.User!.Id);
    }

    [Fact]
    public async Task A_token_request_is_cancelled_when_its_last_waiter_is()
    {
        await Faults("""{ "service": "token", "action": "hang", "times": 1 }""");
        BoxConnection account = ByClientCredentials();
        using var stop = new CancellationTokenSource();
        List<Task> workers = [.. Enumerable.Range(0, 4).Select(_ => TokenOf(account, stop.Token))];
        await StatBecomes("token.inFlight", 1);

        await stop.CancelAsync();

        foreach (Task worker in workers)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => worker);
        }

        await StatBecomes("token.inFlight", 0);
        await account.VerifyAsync();
        Assert.Equal(2, await TokenRequests());
    }

    [Fact]
    public async Task A_revoked_token_is_replaced_once_for_all_requests()
    {
        BoxConnection account = ByClientCredentials();
        await account.VerifyAsync();
        await Control(HttpMethod.Delete, "tokens");

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => account.VerifyAsync()));

        Assert.Equal(2, await TokenRequests());
    }

    [Fact]
    public async Task A_token_that_was_already_replaced_is_not_renewed_again()
    {
        BoxConnection account = ByClientCredentials();
        AuthenticationHeaderValue first = await TokenOf(account);

        Assert.True(await account.TryRenewAsync(first, 0, null, default));
        Assert.True(await account.TryRenewAsync(first, 0, null, default));

        Assert.Equal(2, await TokenRequests());
        Assert.NotEqual(first.Parameter, (await TokenOf(account)).Parameter);
    }

    [Fact]
    public async Task A_401_causes_one_attempt_with_a_new_token()
    {
        await Faults("""{ "service": "box", "action": "status", "status": 401 }""");
        BoxConnection account = ByClientCredentials();

        FileVersionException failure = await Fails(() => account.VerifyAsync(), FileVersionErrorKind.AuthenticationFailed);

        Assert.Equal((2, 2), (await TokenRequests(), await Stat("box.requests")));
        Assert.Contains("The token was new", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_specified_token_is_not_renewed()
    {
        await Fails(() => ByToken("box-expired").VerifyAsync(), FileVersionErrorKind.AuthenticationFailed);

        Assert.Equal((0, 1), (await TokenRequests(), await Stat("box.requests")));
    }

    [Theory]
    [InlineData("""{ "service": "token", "action": "status", "status": 503, "times": 2 }""", 3)]
    [InlineData("""{ "service": "token", "action": "retryAfter", "retryAfter": "0", "times": 2 }""", 3)]
    [InlineData("""{ "service": "token", "action": "closeBeforeReply", "times": 1 }""", 2)]
    [InlineData("""{ "service": "token", "action": "cutBodyAfter", "bytes": 10, "times": 1 }""", 2)]
    public async Task A_token_request_survives_transient_failures(string fault, int requests)
    {
        await Faults(fault);

        await ByClientCredentials().VerifyAsync();

        Assert.Equal(requests, await TokenRequests());
    }

    [Fact]
    public async Task The_log_reports_delays_of_token_requests()
    {
        await Faults("""{ "service": "token", "action": "status", "status": 503, "times": 1 }""");
        var lines = new List<string>();

        await ByClientCredentials().VerifyAsync(lines.Add);

        Assert.Contains("503", Assert.Single(lines, line => line.StartsWith("Waiting ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_request_uses_the_timeout_of_the_account()
    {
        await Faults("""{ "service": "token", "action": "hang" }""");
        var options = new ConnectionOptions { Timeout = TimeSpan.FromMilliseconds(200), MaximumRetryCount = 0 };

        await Fails(() => ByClientCredentials(options: options).VerifyAsync(), FileVersionErrorKind.RequestTimedOut);
    }

    private static async Task<AuthenticationHeaderValue> TokenOf(BoxConnection account, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage();
        await account.AuthenticateAsync(request, null, cancellationToken);
        return request.Headers.Authorization!;
    }

    [Fact]
    public async Task A_failed_token_request_is_not_cached()
    {
        await Faults("""{ "service": "token", "action": "status", "status": 400, "body": "{\"error\":\"invalid_client\"}", "times": 1 }""");
        BoxConnection account = ByClientCredentials();
        await Fails(() => account.VerifyAsync(), FileVersionErrorKind.AuthenticationFailed);

        await account.VerifyAsync();

        Assert.Equal(2, await TokenRequests());
    }
}
