using System;
using System.Globalization;
using System.Threading.Tasks;
using FileVersions.Box;
using FileVersions.Http;
using FileVersions.ImageKit;
using Xunit;

namespace FileVersions.UnitTests.SignIn;

/// <summary>Each refused sign-in says what to check.</summary>
public sealed class RefusalTests : SignInTestBase
{
    private const FileVersionErrorKind Refused = FileVersionErrorKind.AuthenticationFailed;

    [Fact]
    public async Task Wrong_client_secret()
    {
        FileVersionException failure = await Fails(() => ByClientCredentials("wrong").VerifyAsync(), Refused);

        Assert.Equal(("invalid_client", 400), (failure.ServiceCode, (int)failure.StatusCode!));
        Assert.Contains("the client secret", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", failure.ToString().Replace("is wrong", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.NotNull(failure.RequestId);
    }

    [Fact]
    public async Task Unknown_enterprise()
    {
        FileVersionException failure = await Fails(() => ByClientCredentials(subject: BoxSubject.Enterprise("1")).VerifyAsync(), Refused);

        Assert.Contains("enterprise 1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_that_is_not_authorized()
    {
        await Faults("""{ "service": "token", "action": "status", "status": 400, "body": "{\"error\":\"unauthorized_client\",\"error_description\":\"This app is not authorized by the enterprise admin\"}" }""");

        FileVersionException failure = await Fails(() => ByClientCredentials().VerifyAsync(), Refused);

        Assert.Contains("Status: 400 (Bad Request), code: unauthorized_client", failure.Message, StringComparison.Ordinal);
        Assert.Contains("not authorized by the enterprise admin.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("that an administrator has authorized", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Base_address_that_has_no_tokens()
    {
        await Faults("""{ "service": "token", "action": "html", "status": 404 }""");

        FileVersionException failure = await Fails(() => ByClientCredentials().VerifyAsync(), FileVersionErrorKind.InvalidConfiguration);

        Assert.Contains("No token service exists at the base address.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"access_token\":\"\"}")]
    [InlineData("{\"access_token\":5}")]
    [InlineData("{\"access_token\":\"a\\r\\nX-Evil: 1\"}")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task Reply_without_a_token(string body)
    {
        await Faults($$"""{ "service": "token", "action": "replaceBody", "body": {{System.Text.Json.JsonSerializer.Serialize(body)}} }""");

        await Fails(() => ByClientCredentials().VerifyAsync(), FileVersionErrorKind.InvalidResponse);
        Assert.Equal(0, await Stat("box.requests"));
    }

    [Theory]
    [InlineData("600", 10)]
    [InlineData("\"600\"", 10)]
    [InlineData("6.0e2", 10)]
    [InlineData("null", 60)]
    [InlineData("-1", 60)]
    [InlineData("\"soon\"", 60)]
    [InlineData("1e300", 1440)]
    public async Task Life_of_a_token(string expiresIn, int minutes)
    {
        string body = System.Text.Json.JsonSerializer.Serialize($$"""{"access_token":"box-token","expires_in":{{expiresIn}} }""");
        await Faults($$"""{ "service": "token", "action": "replaceBody", "body": {{body}} }""");
        BoxConnection account = ByClientCredentials();

        await account.VerifyAsync();

        Assert.InRange(account.ExpiresAt!.Value, DateTimeOffset.Now.AddMinutes(minutes - 1), DateTimeOffset.Now.AddMinutes(minutes));
    }

    [Fact]
    public async Task Expired_and_unknown_tokens_differ()
    {
        FileVersionException expired = await Fails(() => ByToken("box-expired").VerifyAsync(), Refused);
        FileVersionException unknown = await Fails(() => ByToken("box-nonsense").VerifyAsync(), Refused);

        Assert.Contains("has expired", expired.Message, StringComparison.Ordinal);
        Assert.Contains("is complete", unknown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("box-nonsense", unknown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_private_key()
    {
        IKConnection account = IKConnection.FromPrivateKey(new Secret("private_wrong"), Emulator.ApiUri);

        FileVersionException failure = await Fails(() => account.VerifyAsync(), Refused);

        Assert.Equal(403, (int)failure.StatusCode!);
        Assert.Contains("the private key (not the public key) is complete", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_may_bear_the_colon_of_the_examples()
    {
        await IKConnection.FromPrivateKey(new Secret("private_test:"), Emulator.ApiUri).VerifyAsync();

        Assert.Equal(1, await Stat("ik.requests"));
    }

    [Fact]
    public async Task Right_key_at_an_address_that_is_not_the_service()
    {
        await Faults("""{ "service": "ik", "action": "html", "status": 200 }""");

        await Fails(() => IKConnection.FromPrivateKey(new Secret("private_test"), Emulator.ApiUri).VerifyAsync(), FileVersionErrorKind.InvalidResponse);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n")]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("a b")]
    [InlineData("clé")]
    [InlineData("a\0")]
    public async Task What_cannot_stand_in_a_header_is_refused_before_anything_is_sent(string text)
    {
        Assert.Equal(FileVersionErrorKind.InvalidConfiguration, Assert.Throws<FileVersionException>(() => ByToken(text)).Kind);
        Assert.Equal(
            FileVersionErrorKind.InvalidConfiguration,
            Assert.Throws<FileVersionException>(() => IKConnection.FromPrivateKey(new Secret(text), Emulator.ApiUri)).Kind);
        Assert.Equal(
            FileVersionErrorKind.InvalidConfiguration,
            Assert.Throws<FileVersionException>(() => BoxConnection.FromAccessToken(new Secret("box-token"), Emulator.ApiUri, asUser: text)).Kind);
        Assert.Equal(0, await Stat("total.requests"));
    }

    [Fact]
    public async Task A_client_secret_may_hold_any_visible_character()
    {
        FileVersionException failure = await Fails(() => ByClientCredentials("clé & = % é").VerifyAsync(), Refused);

        Assert.Equal("invalid_client", failure.ServiceCode);
    }

    [Fact]
    public void Plain_http_to_another_computer_is_refused()
    {
        FileVersionException failure = Assert.Throws<FileVersionException>(() => BoxConnection.FromClientCredentials(
            "box-client", new Secret("box-secret"), Enterprise, new Uri("http://api.example.com")));

        Assert.Equal(FileVersionErrorKind.InvalidConfiguration, failure.Kind);
    }
}
