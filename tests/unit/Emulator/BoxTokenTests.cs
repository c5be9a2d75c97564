using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace FileVersions.UnitTests.Emulator;

public sealed class BoxTokenTests : EmulatorTestBase
{
    [Theory]
    [InlineData("enterprise", "900", "909")]
    [InlineData("user", "202", "202")]
    public async Task Client_credentials_return_a_token_for_their_subject(string type, string id, string user)
    {
        JsonNode reply = await Granted(Credentials(type, id));

        Assert.Equal("bearer", reply["token_type"]!.GetValue<string>());
        Assert.Equal(3600, reply["expires_in"]!.GetValue<int>());
        Assert.Null(reply["refresh_token"]);
        Assert.Equal(user, await UserOf(reply));
    }

    [Theory]
    [InlineData("client_secret", "wrong", "invalid_client")]
    [InlineData("client_id", "wrong", "invalid_client")]
    [InlineData("box_subject_id", "901", "invalid_grant")]
    [InlineData("grant_type", "password", "unsupported_grant_type")]
    public async Task An_invalid_request_gets_a_description_of_the_error(string field, string value, string error)
    {
        Dictionary<string, string> form = Credentials("enterprise", "900");
        form[field] = value;
        using HttpResponseMessage response = await Post(form);
        JsonNode reply = await JsonOf(response);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(error, reply["error"]!.GetValue<string>());
        Assert.NotEqual("", reply["error_description"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_refresh_token_works_once_and_returns_the_next()
    {
        Dictionary<string, string> form = Refresh("box-refresh");
        JsonNode first = await Granted(form);
        using HttpResponseMessage again = await Post(form);
        JsonNode second = await Granted(Refresh(first["refresh_token"]!.GetValue<string>()));

        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Equal("invalid_grant", (await JsonOf(again))["error"]!.GetValue<string>());
        Assert.NotEqual(first["refresh_token"]!.GetValue<string>(), second["refresh_token"]!.GetValue<string>());
        Assert.Equal("101", await UserOf(second));
    }

    [Fact]
    public async Task A_token_expires()
    {
        await Settings("""{"tokenLifeMs":0}""");
        JsonNode short_lived = await Granted(Credentials("enterprise", "900"));
        await Settings("""{"tokenLifeMs":60000}""");
        JsonNode long_lived = await Granted(Credentials("enterprise", "900"));

        Assert.Null(await UserOf(short_lived));
        Assert.Equal("909", await UserOf(long_lived));
        await Control(HttpMethod.Delete, "tokens");
        Assert.Null(await UserOf(long_lived));
        Assert.Equal(2, await Stat("token.requests"));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    public async Task A_signed_assertion_returns_a_token(string algorithm)
    {
        JsonNode reply = await Granted(await Assertion(algorithm: algorithm));
        JsonNode own = await Granted(await Assertion(claims => claims["aud"] = new Uri(Emulator.ApiUri, "/oauth2/token").AbsoluteUri));
        JsonNode user = await Granted(await Assertion(claims => (claims["sub"], claims["box_sub_type"]) = ("101", "user")));

        Assert.Equal("909", await UserOf(reply));
        Assert.Equal("909", await UserOf(own));
        Assert.Equal("101", await UserOf(user));
    }

    [Theory]
    [InlineData("iss", "other", "'iss'")]
    [InlineData("sub", "5", "'sub'")]
    [InlineData("box_sub_type", "user", "'sub'")]
    [InlineData("aud", "https://example.com/oauth2/token", "'aud'")]
    [InlineData("jti", "short", "'jti'")]
    public async Task A_wrong_claim_is_named_in_the_error(string claim, string value, string named)
    {
        Assert.Contains(named, await Problem(await Assertion(claims => claims[claim] = value)));
    }

    [Theory]
    [InlineData(3600, "Please check the 'exp' claim.")]
    [InlineData(-5, "Current date/time MUST be before the expiration date/time listed in the 'exp' claim.")]
    public async Task An_expiry_must_be_within_the_next_minute(int seconds, string problem)
    {
        long exp = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds;
        Assert.Equal(problem, await Problem(await Assertion(claims => claims["exp"] = exp)));
    }

    [Fact]
    public async Task A_clock_difference_rejects_a_valid_assertion_and_appears_in_the_Date_header()
    {
        await Settings("""{"clockSkewSec":600}""");
        using HttpResponseMessage response = await Post(await Assertion());

        Assert.Contains("'exp'", (await JsonOf(response))["error_description"]!.GetValue<string>());
        Assert.InRange(response.Headers.Date!.Value, DateTimeOffset.UtcNow.AddSeconds(500), DateTimeOffset.UtcNow.AddSeconds(700));
    }

    [Fact]
    public async Task An_assertion_works_once()
    {
        Dictionary<string, string> form = await Assertion();
        await Granted(form);

        Assert.Contains("unique 'jti'", await Problem(form));
    }

    [Fact]
    public async Task The_signature_is_verified()
    {
        Dictionary<string, string> form = await Assertion();
        string[] parts = form["assertion"].Split('.');
        JsonObject claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        claims["sub"] = "901";
        form["assertion"] = parts[0] + '.' + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString())) + '.' + parts[2];

        Assert.Contains("signature", await Problem(form));
    }

    [Fact]
    public async Task A_config_without_a_key_contains_client_credentials()
    {
        JsonNode config = await Control(HttpMethod.Get, "box-config?kind=ccg");

        Assert.Equal("box-client", config["boxAppSettings"]!["clientID"]!.GetValue<string>());
        Assert.Null(config["boxAppSettings"]!["appAuth"]);
    }

    private static Dictionary<string, string> App() => new() { ["client_id"] = "box-client", ["client_secret"] = "box-secret" };

    private static Dictionary<string, string> Credentials(string type, string id)
    {
        Dictionary<string, string> form = App();
        (form["grant_type"], form["box_subject_type"], form["box_subject_id"]) = ("client_credentials", type, id);
        return form;
    }

    private static Dictionary<string, string> Refresh(string token)
    {
        Dictionary<string, string> form = App();
        (form["grant_type"], form["refresh_token"]) = ("refresh_token", token);
        return form;
    }

    /// <summary>Signs with the key from the config file, as an app does.</summary>
    private async Task<Dictionary<string, string>> Assertion(Action<JsonObject>? change = null, string algorithm = "RS256")
    {
        JsonNode config = await Control(HttpMethod.Get, "box-config");
        JsonNode key = config["boxAppSettings"]!["appAuth"]!;
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = key["publicKeyID"]!.GetValue<string>() };
        var claims = new JsonObject
        {
            ["iss"] = "box-client",
            ["sub"] = config["enterpriseID"]!.GetValue<string>(),
            ["box_sub_type"] = "enterprise",
            ["aud"] = "https://api.box.com/oauth2/token",
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 45,
        };
        change?.Invoke(claims);
        string signed = string.Join('.', new[] { header, claims }.Select(part => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()))));
        using var rsa = RSA.Create();
        rsa.ImportFromEncryptedPem(key["privateKey"]!.GetValue<string>(), key["passphrase"]!.GetValue<string>());
        byte[] signature = rsa.SignData(Encoding.ASCII.GetBytes(signed), new HashAlgorithmName("SHA" + algorithm[2..]), RSASignaturePadding.Pkcs1);
        Dictionary<string, string> form = App();
        (form["grant_type"], form["assertion"]) = ("urn:ietf:params:oauth:grant-type:jwt-bearer", signed + '.' + Base64Url.EncodeToString(signature));
        return form;
    }

    private Task<HttpResponseMessage> Post(Dictionary<string, string> form) => Http.PostAsync("/oauth2/token", new FormUrlEncodedContent(form));

    private async Task<JsonNode> Granted(Dictionary<string, string> form)
    {
        using HttpResponseMessage response = await Post(form);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await JsonOf(response);
    }

    private async Task<string> Problem(Dictionary<string, string> form)
    {
        using HttpResponseMessage response = await Post(form);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        return (await JsonOf(response))["error_description"]!.GetValue<string>();
    }

    /// <summary>Returns the user id of a token, or null if the token is invalid.</summary>
    private async Task<string?> UserOf(JsonNode reply)
    {
        using HttpResponseMessage response = await GetBox("/2.0/users/me", reply["access_token"]!.GetValue<string>());
        return response.IsSuccessStatusCode ? (await JsonOf(response))["id"]!.GetValue<string>() : null;
    }
}
