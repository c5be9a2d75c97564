using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using FileVersions.Box;
using FileVersions.Http;

namespace FileVersions.UnitTests.SignIn;

public sealed class JwtTests : SignInTestBase
{
    [Fact]
    public async Task A_configuration_file_signs_in_as_its_enterprise()
    {
        using ConfigFile file = await AppConfig();
        BoxConnection account = BoxConnection.FromConfigFile(file.Path, baseUri: Emulator.ApiUri);

        await account.VerifyAsync();

        Assert.Equal((SignInKind.Jwt, "enterprise 900", "box-client"), (account.SignIn, account.Subject!.ToString(), account.ClientId));
        Assert.Equal("909", account.User!.Id);
    }

    [Fact]
    public async Task A_configuration_file_signs_in_as_a_user()
    {
        using ConfigFile file = await AppConfig();
        BoxConnection account = BoxConnection.FromConfigFile(file.Path, BoxSubject.User("202"), Emulator.ApiUri);

        await account.VerifyAsync();

        Assert.Equal("202", account.User!.Id);
    }

    [Fact]
    public async Task An_assertion_is_not_sent_again_after_its_response_was_lost()
    {
        // The service has received the first assertion and accepts each one only once.
        await Faults("""{ "service": "token", "action": "closeBeforeReply", "handled": true, "times": 1 }""");
        using ConfigFile file = await AppConfig();

        await BoxConnection.FromConfigFile(file.Path, baseUri: Emulator.ApiUri).VerifyAsync();

        Assert.Equal(2, await TokenRequests());
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(-20, 1)]
    [InlineData(300, 2)]
    [InlineData(-300, 2)]
    public async Task Sign_in_succeeds_even_if_the_clock_is_wrong(int skew, int requests)
    {
        await Settings($$"""{ "clockSkewSec": {{skew}} }""");
        using ConfigFile file = await AppConfig();
        BoxConnection account = BoxConnection.FromConfigFile(file.Path, baseUri: Emulator.ApiUri);
        var told = new List<string>();

        await account.VerifyAsync(told.Add);

        // One line per request, and one for the corrected time.
        int corrections = told.Count(line => !line.StartsWith("POST ", StringComparison.Ordinal) && !line.StartsWith("GET ", StringComparison.Ordinal));
        Assert.Equal((requests, requests - 1), (await TokenRequests(), corrections));
    }

    [Theory]
    [InlineData(300, "behind")]
    [InlineData(-300, "ahead of")]
    public async Task A_rejected_sign_in_reports_the_clock_difference(int skew, string direction)
    {
        await Settings($$"""{ "clockSkewSec": {{skew}} }""");
        using ConfigFile file = await AppConfig();
        BoxConnection account = BoxConnection.FromConfigFile(file.Path, BoxSubject.User("1"), Emulator.ApiUri);

        FileVersionException failure = await Fails(() => account.VerifyAsync(), FileVersionErrorKind.AuthenticationFailed);

        Assert.Matches($"clock is (299|300|301) s {direction} Box's", failure.Message);
        Assert.Equal(2, await TokenRequests());
    }

    [Fact]
    public async Task A_rejected_sign_in_reports_that_the_clocks_cannot_be_compared()
    {
        await Settings("""{ "clockSkewSec": 300, "dateHeaderFollowsClock": false }""");
        using ConfigFile file = await AppConfig();
        BoxConnection account = BoxConnection.FromConfigFile(file.Path, baseUri: Emulator.ApiUri);

        FileVersionException failure = await Fails(() => account.VerifyAsync(), FileVersionErrorKind.AuthenticationFailed);

        Assert.Contains("This computer's clock shows", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'exp'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, await TokenRequests());
    }

    [Fact]
    public async Task An_unencrypted_key_is_accepted()
    {
        using ConfigFile encrypted = await AppConfig();
        JsonNode json = JsonNode.Parse(encrypted.Content)!;
        JsonNode auth = json["boxAppSettings"]!["appAuth"]!;
        using var key = RSA.Create();
        key.ImportFromEncryptedPem(auth["privateKey"]!.GetValue<string>(), auth["passphrase"]!.GetValue<string>());
        auth["privateKey"] = key.ExportPkcs8PrivateKeyPem();
        auth.AsObject().Remove("passphrase");
        using var plain = new ConfigFile(json.ToJsonString());

        await BoxConnection.FromConfigFile(plain.Path, baseUri: Emulator.ApiUri).VerifyAsync();

        Assert.Equal(1, await TokenRequests());
    }

    [Fact]
    public async Task A_configuration_file_without_a_key_signs_in_with_client_credentials()
    {
        using ConfigFile file = await AppConfig();
        JsonNode json = JsonNode.Parse(file.Content)!;
        json["boxAppSettings"]!["appAuth"] = new JsonObject { ["publicKeyID"] = "", ["privateKey"] = "", ["passphrase"] = "" };
        using var without = new ConfigFile("\uFEFF" + json.ToJsonString());
        BoxConnection account = BoxConnection.FromConfigFile(without.Path, baseUri: Emulator.ApiUri);

        await account.VerifyAsync();

        Assert.Equal(SignInKind.ClientCredentials, account.SignIn);
    }

    [Fact]
    public async Task A_wrong_passphrase_is_reported_with_the_name_of_the_file()
    {
        FileVersionException failure = await Broken(json => json["boxAppSettings"]!["appAuth"]!["passphrase"] = "not-this-one");

        Assert.Contains("passphrase", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-this-one", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_in_another_format_is_reported() =>
        Assert.Contains("PEM", (await Broken(json => json["boxAppSettings"]!["appAuth"]!["privateKey"] = "c2VjcmV0")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("clientID")]
    [InlineData("clientSecret")]
    public async Task A_missing_field_is_named(string part)
    {
        FileVersionException failure = await Broken(json => json["boxAppSettings"]!.AsObject().Remove(part));

        Assert.Contains("has no boxAppSettings." + part, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("publicKeyID")]
    [InlineData("privateKey")]
    public async Task A_missing_field_of_the_key_is_named(string part)
    {
        FileVersionException failure = await Broken(json => json["boxAppSettings"]!["appAuth"]!.AsObject().Remove(part));

        Assert.Contains("has no boxAppSettings.appAuth." + part, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"0\"")]
    [InlineData("null")]
    public async Task A_configuration_file_without_an_enterprise_needs_a_subject(string id)
    {
        FileVersionException failure = await Broken(json => json["enterpriseID"] = JsonNode.Parse(id));

        Assert.Contains("enterprise id", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret-content")]
    [InlineData("{ \"boxAppSettings\": { \"clientSecret\": \"secret-content")]
    [InlineData("")]
    public void A_file_that_is_not_JSON_is_reported_without_its_content(string content)
    {
        using var file = new ConfigFile(content);

        FileVersionException failure = Assert.Throws<FileVersionException>(() => BoxConnection.FromConfigFile(file.Path));

        Assert.Equal(FileVersionErrorKind.InvalidConfiguration, failure.Kind);
        Assert.Contains(file.Path, failure.Message, StringComparison.Ordinal);
        Assert.Contains("not valid JSON", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-content", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clientSecret")]
    [InlineData("clientID")]
    public void A_string_that_is_not_valid_Unicode_is_reported_without_its_content(string name)
    {
        using var file = new ConfigFile($$"""{ "boxAppSettings": { "{{name}}": "secret-content\ud800" } }""");

        FileVersionException failure = Assert.Throws<FileVersionException>(() => BoxConnection.FromConfigFile(file.Path));

        Assert.Equal(FileVersionErrorKind.InvalidConfiguration, failure.Kind);
        Assert.Contains(file.Path, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-content", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_reported()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "config.json");

        FileVersionException failure = Assert.Throws<FileVersionException>(() => BoxConnection.FromConfigFile(path));

        Assert.Contains("Could not read the configuration file", failure.Message, StringComparison.Ordinal);
    }

    private async Task<FileVersionException> Broken(Action<JsonNode> change)
    {
        using ConfigFile whole = await AppConfig();
        JsonNode json = JsonNode.Parse(whole.Content)!;
        change(json);
        using var file = new ConfigFile(json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        FileVersionException failure = Assert.Throws<FileVersionException>(() => BoxConnection.FromConfigFile(file.Path, baseUri: Emulator.ApiUri));
        Assert.Equal(FileVersionErrorKind.InvalidConfiguration, failure.Kind);
        Assert.Contains(file.Path, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("box-secret", failure.ToString(), StringComparison.Ordinal);
        return failure;
    }
}
