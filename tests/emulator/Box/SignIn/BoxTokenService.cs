using System.Text;
using System.Text.Json;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace FileVersions.Emulator.Box;

/// <summary>Box's token endpoint, with the three grants that need no browser.</summary>
internal sealed class BoxTokenService(BoxTokens tokens, JwtAssertion assertions)
{
    internal async ValueTask<Reply> HandleAsync(Call call)
    {
        if (call.Segments is not ["oauth2", "token"])
        {
            return new Reply(404);
        }

        if (call.Method != "POST")
        {
            return new Reply(405).With("Allow", "POST");
        }

        if (call.Header("Content-Type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
        {
            return Refuse("invalid_request", "Invalid grant_type parameter or parameter missing");
        }

        Dictionary<string, StringValues> form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(await call.ReadBodyAsync()));
        string Field(string name) => form.TryGetValue(name, out StringValues value) ? value.ToString() : "";
        if (Field("client_id") != BoxAppKey.ClientId || Field("client_secret") != BoxAppKey.ClientSecret)
        {
            return Refuse("invalid_client", "The client credentials are invalid");
        }

        switch (Field("grant_type"))
        {
            case "client_credentials":
                return Subject(Field("box_subject_type"), Field("box_subject_id")) is { } subject
                    ? Grant(call, subject, withRefresh: false)
                    : Refuse("invalid_grant", "Grant credentials are invalid");
            case "urn:ietf:params:oauth:grant-type:jwt-bearer":
                string own = "http://" + call.Context.Request.Host + "/oauth2/token";
                (Account? signer, string? problem) = assertions.Check(Field("assertion"), call.Now, own);
                return signer is null ? Refuse("invalid_grant", problem!) : Grant(call, signer, withRefresh: false);
            case "refresh_token":
                return tokens.Redeem(Field("refresh_token")) is { } owner
                    ? Grant(call, owner, withRefresh: true)
                    : Refuse("invalid_grant", "Invalid refresh token");
            default:
                return Refuse("unsupported_grant_type", "Invalid grant_type parameter or parameter missing");
        }
    }

    /// <summary>The account of a subject: the service account for the enterprise, or a user; null for an unknown subject.</summary>
    internal static Account? Subject(string? type, string? id) => (type, id) switch
    {
        ("enterprise", BoxAppKey.EnterpriseId) => Account.Nightly,
        ("user", "101") => Account.Ada,
        ("user", "202") => Account.Ben,
        _ => null,
    };

    private static Reply Refuse(string error, string description)
    {
        var buffer = new PooledBuffer(256);
        using (Utf8JsonWriter json = JsonText.Writer(buffer))
        {
            json.WriteStartObject();
            json.WriteString("error"u8, error);
            json.WriteString("error_description"u8, description);
            json.WriteEndObject();
        }

        return new Reply(400, Reply.Json, buffer);
    }

    private Reply Grant(Call call, Account account, bool withRefresh)
    {
        call.Exchange.Account = account.Id;
        long life = call.Settings.TokenLifeMs;
        var buffer = new PooledBuffer(256);
        using (Utf8JsonWriter json = JsonText.Writer(buffer))
        {
            json.WriteStartObject();
            json.WriteString("access_token"u8, tokens.Issue(account, life));
            json.WriteNumber("expires_in"u8, life / 1000);
            json.WriteStartArray("restricted_to"u8);
            json.WriteEndArray();
            if (withRefresh)
            {
                json.WriteString("refresh_token"u8, tokens.IssueRefresh(account));
            }

            json.WriteString("token_type"u8, "bearer"u8);
            json.WriteEndObject();
        }

        return new Reply(200, Reply.Json, buffer).With("Cache-Control", "no-store");
    }
}
