using FileVersions.Box;
using FileVersions.Http;
using FileVersions.ImageKit;

namespace FileVersions.UnitTests.SignIn;

public sealed class RejectedSignInTests : SignInTestBase
{
    private const FileVersionErrorKind Refused = FileVersionErrorKind.AuthenticationFailed;

    [Fact]
    public async Task A_wrong_client_secret_is_reported_with_a_remedy()
    {
        FileVersionException failure = await Fails(() => ByClientCredentials("wrong").VerifyAsync(), Refused);

        Assert.Equal(("invalid_client", 400), (failure.ServiceCode, (int)failure.StatusCode!));
        Assert.Contains("the client secret", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", failure.ToString().Replace("is wrong", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.NotNull(failure.RequestId);
    }

    [Fact]
    public async Task An_unknown_enterprise_is_reported_with_its_id()
    {
        FileVersionException failure = await Fails(() => ByClientCredentials(subject: BoxSubject.Enterprise("1")).VerifyAsync(), Refused);

        Assert.Contains("enterprise 1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unauthorized_application_is_reported_with_a_remedy()
    {
        await Faults("""{ "service": "token", "action": "status", "status": 400, "body": "{\"error\":\"unauthorized_client\",\"error_description\":\"This app is not authorized by the enterprise admin\"}" }""");

        FileVersionException failure = await Fails(() => ByClientCredentials().VerifyAsync(), Refused);

        Assert.Contains("Status: 400 (Bad Request), code: unauthorized_client", failure.Message, StringComparison.Ordinal);
        Assert.Contains("not authorized by the enterprise admin.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("that an administrator has authorized", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_base_address_without_a_token_service_is_reported()
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
    public async Task A_response_without_a_token_is_invalid(string body)
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
    public async Task The_lifetime_of_a_token_is_read_in_every_format(string expiresIn, int minutes)
    {
        string body = System.Text.Json.JsonSerializer.Serialize($$"""{"access_token":"box-token","expires_in":{{expiresIn}} }""");
        await Faults($$"""{ "service": "token", "action": "replaceBody", "body": {{body}} }""");
        BoxConnection account = ByClientCredentials();

        await account.VerifyAsync();

        Assert.InRange(account.ExpiresAt!.Value, DateTimeOffset.Now.AddMinutes(minutes - 1), DateTimeOffset.Now.AddMinutes(minutes));
    }

    [Fact]
    public async Task Expired_and_unknown_tokens_have_different_messages()
    {
        FileVersionException expired = await Fails(() => ByToken("box-expired").VerifyAsync(), Refused);
        FileVersionException unknown = await Fails(() => ByToken("box-nonsense").VerifyAsync(), Refused);

        Assert.Contains("has expired", expired.Message, StringComparison.Ordinal);
        Assert.Contains("is complete", unknown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("box-nonsense", unknown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_private_key_is_reported_with_a_remedy()
    {
        IKConnection account = IKConnection.FromPrivateKey(new Secret("private_wrong"), Emulator.ApiUri);

        FileVersionException failure = await Fails(() => account.VerifyAsync(), Refused);

        Assert.Equal(403, (int)failure.StatusCode!);
        Assert.Contains("the private key (not the public key) is complete", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_key_can_end_with_a_colon()
    {
        await IKConnection.FromPrivateKey(new Secret("private_test:"), Emulator.ApiUri).VerifyAsync();

        Assert.Equal(1, await Stat("ik.requests"));
    }

    [Fact]
    public async Task A_key_sent_to_another_server_is_an_invalid_response()
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
    public async Task A_value_with_invalid_header_characters_is_rejected_before_a_request(string text)
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
    public async Task A_client_secret_can_contain_any_visible_character()
    {
        FileVersionException failure = await Fails(() => ByClientCredentials("clé & = % é").VerifyAsync(), Refused);

        Assert.Equal("invalid_client", failure.ServiceCode);
    }

    [Fact]
    public void Plain_http_to_a_remote_host_is_rejected()
    {
        FileVersionException failure = Assert.Throws<FileVersionException>(() => BoxConnection.FromClientCredentials(
            "box-client", new Secret("box-secret"), Enterprise, new Uri("http://api.example.com")));

        Assert.Equal(FileVersionErrorKind.InvalidConfiguration, failure.Kind);
    }
}
