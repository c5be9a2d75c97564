using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using FileVersions.Box;
using FileVersions.Http;
using FileVersions.Saving;
using FileVersions.Services;
using FileVersions.UnitTests.Http;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.SignIn;

/// <summary>Tests token lifetimes with a fake clock and an in-memory service.</summary>
public sealed class TokenTimeTests
{
    private readonly FakeClock _clock = new() { AutoAdvance = true };
    private readonly ConcurrentQueue<Dictionary<string, string>> _forms = [];

    [Fact]
    public async Task A_token_is_renewed_in_the_last_minute_of_its_lifetime()
    {
        BoxConnection account = ByClientCredentials(_ => Token());

        await account.VerifyAsync();
        Assert.Equal(_clock.Start + TimeSpan.FromMinutes(60), account.ExpiresAt);
        _clock.Advance(TimeSpan.FromMinutes(59) - TimeSpan.FromTicks(1));
        await account.VerifyAsync();
        Assert.Single(_forms);
        _clock.Advance(TimeSpan.FromTicks(1));
        await account.VerifyAsync();

        Assert.Equal(2, _forms.Count);
        Assert.Equal(_clock.Start + TimeSpan.FromMinutes(119), account.ExpiresAt);
    }

    [Fact]
    public async Task A_token_request_is_retried_like_any_other()
    {
        BoxConnection account = ByClientCredentials(number => number <= 3 ? new HttpResponseMessage(HttpStatusCode.BadGateway) : Token());

        await account.VerifyAsync();

        Assert.Equal([0.5, 1, 2], _clock.Delays.Select(delay => delay.TotalSeconds));
    }

    [Fact]
    public async Task An_assertion_expires_half_a_minute_after_it_was_signed()
    {
        BoxConnection account = ByJwt(_ => Token());

        await account.VerifyAsync();

        Assert.Equal((_clock.Start + TimeSpan.FromSeconds(30)).ToUnixTimeSeconds(), Expiry(_forms.Single()["assertion"]));
    }

    [Fact]
    public async Task Each_attempt_signs_a_new_assertion()
    {
        BoxConnection account = ByJwt(number => number == 1 ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : Token());

        await account.VerifyAsync();

        long start = _clock.Start.ToUnixTimeSeconds();
        Assert.Equal([start + 30, start + 30], _forms.Select(form => Expiry(form["assertion"])));
        Assert.Equal(2, _forms.Select(form => form["assertion"]).Distinct().Count());
    }

    [Fact]
    public async Task An_assertion_rejected_for_its_time_is_retried_with_the_server_time()
    {
        DateTimeOffset serviceTime = _clock.Start + TimeSpan.FromMinutes(5);
        BoxConnection account = ByJwt(number => number == 1 ? Rejected("invalid_grant", serviceTime) : Token());
        var log = new List<string>();

        await account.VerifyAsync(log.Add);

        Assert.Equal((serviceTime + TimeSpan.FromSeconds(30)).ToUnixTimeSeconds(), Expiry(_forms.Last()["assertion"]));
        Assert.Single(log, line => line.Contains("2026-01-02 03:09:05", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_assertion_rejected_while_the_clocks_agree_is_not_retried()
    {
        BoxConnection account = ByJwt(_ => Rejected("invalid_grant", _clock.Start + TimeSpan.FromSeconds(4)));

        FileVersionException failure = await Transport.FailsAsync(FileVersionErrorKind.AuthenticationFailed, () => account.VerifyAsync());

        Assert.Single(_forms);
        Assert.Contains("agrees with Box's", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_save_that_waits_for_a_failed_token_request_reports_its_own_file()
    {
        BoxConnection account = ByClientCredentials(_ => Rejected("invalid_client", _clock.Start));
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var saver = new VersionSaver(SaveDestination.ToFolder(folder), replace: false);
        var service = new BoxContentService(account);
        string[] files = ["1", "2", "3", "4"];

        FileVersionException[] failures = await Task.WhenAll(files.Select(file => Assert.ThrowsAsync<FileVersionException>(
            () => saver.Prepare(service, new VersionToSave(file, "v" + file))(null, default))));

        Assert.Equal(files, failures.Select(failure => failure.FileId));
        Assert.Equal(["v1", "v2", "v3", "v4"], failures.Select(failure => failure.VersionId));
        Assert.All(failures, failure => Assert.True(failure.IsAccountError));
        Assert.False(Directory.Exists(folder));
    }

    private static HttpResponseMessage Token() => new() { Content = new StringContent($$"""{"access_token":"{{Guid.NewGuid():N}}","expires_in":3600}""") };

    private static HttpResponseMessage Rejected(string code, DateTimeOffset time)
    {
        var response = new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent($$"""{"error":"{{code}}","error_description":"No"}""") };
        response.Headers.Date = time;
        return response;
    }

    private static long Expiry(string assertion)
    {
        string claims = assertion.Split('.')[1].Replace('-', '+').Replace('_', '/');
        byte[] json = Convert.FromBase64String(claims.PadRight((claims.Length + 3) / 4 * 4, '='));
        return JsonNode.Parse(json)!["exp"]!.GetValue<long>();
    }

    private BoxConnection ByClientCredentials(Func<int, HttpResponseMessage> answer) =>
        BoxConnection.FromClientCredentials("app", new Secret("app-secret"), BoxSubject.Enterprise("900"), options: Options(answer));

    private BoxConnection ByJwt(Func<int, HttpResponseMessage> answer)
    {
        using var key = RSA.Create(2048);
        using var file = new ConfigFile(JsonSerializer.Serialize(new
        {
            boxAppSettings = new
            {
                clientID = "app",
                clientSecret = "app-secret",
                appAuth = new { publicKeyID = "k1", privateKey = key.ExportPkcs8PrivateKeyPem() },
            },
            enterpriseID = "900",
        }));
        return BoxConnection.FromConfigFile(file.Path, options: Options(answer));
    }

    // The test answers token requests; replies to other requests name the user.
    private ConnectionOptions Options(Func<int, HttpResponseMessage> answer) => Transport.Options(
        new StubTransport((_, request) =>
        {
            if (request.RequestUri!.AbsolutePath != "/oauth2/token")
            {
                return new HttpResponseMessage { Content = new StringContent("""{"type":"user","id":"1"}""") };
            }

            string form = request.Content!.ReadAsStringAsync().GetAwaiter().GetResult();
            _forms.Enqueue(form.Split('&').Select(field => field.Split('=')).ToDictionary(field => field[0], field => WebUtility.UrlDecode(field[1])));
            return answer(_forms.Count);
        }),
        _clock,
        retries: 5,
        jitter: null);
}
