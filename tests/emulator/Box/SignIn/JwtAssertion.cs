using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Box;

/// <summary>Checks the assertion of a JWT sign-in as Box does.</summary>
internal sealed class JwtAssertion(BoxAppKey key)
{
    private const int MaxSecondsAhead = 60;

    private readonly ConcurrentDictionary<string, bool> _used = new(StringComparer.Ordinal);

    /// <summary>The account of the assertion, or Box's description of the problem.</summary>
    internal (Account? Account, string? Problem) Check(string assertion, DateTimeOffset now, string ownAddress)
    {
        string[] parts = assertion.Split('.');
        if (parts is not [{ } header64, { } claims64, { } signature64] || !TryReadJson(header64, out JsonElement header) || !TryReadJson(claims64, out JsonElement claims) || !TryDecode(signature64, out byte[] signature))
        {
            return (null, "Invalid JWT assertion");
        }

        HashAlgorithmName? hash = Text(header, "alg") switch
        {
            "RS256" => HashAlgorithmName.SHA256,
            "RS384" => HashAlgorithmName.SHA384,
            "RS512" => HashAlgorithmName.SHA512,
            _ => null,
        };
        if (hash is null)
        {
            return (null, "The JWT assertion uses an unsupported algorithm");
        }

        if (Text(header, "kid") != BoxAppKey.PublicKeyId)
        {
            return (null, "Please check the 'kid' header. The public key ID specified is invalid.");
        }

        if (!key.IsSigned(Encoding.ASCII.GetBytes(header64 + '.' + claims64), signature, hash.Value))
        {
            return (null, "OAuth JWT signature verification failed");
        }

        if (Text(claims, "iss") != BoxAppKey.ClientId)
        {
            return (null, "Please check the 'iss' claim.");
        }

        if (Text(claims, "aud") is not { } audience || (audience != "https://api.box.com/oauth2/token" && audience != ownAddress))
        {
            return (null, "Please check the 'aud' claim.");
        }

        if (!claims.TryGetProperty("exp", out JsonElement exp) || !exp.TryGetInt64(out long expires) || expires > now.ToUnixTimeSeconds() + MaxSecondsAhead)
        {
            return (null, "Please check the 'exp' claim.");
        }

        if (expires <= now.ToUnixTimeSeconds())
        {
            return (null, "Current date/time MUST be before the expiration date/time listed in the 'exp' claim.");
        }

        if (BoxTokenService.Subject(Text(claims, "box_sub_type"), Text(claims, "sub")) is not { } account)
        {
            return (null, "Please check the 'sub' claim. The 'sub' specified is invalid.");
        }

        if (Text(claims, "jti") is not { Length: >= 16 and <= 128 } jti)
        {
            return (null, "Please check the 'jti' claim.");
        }

        return _used.TryAdd(jti, true) ? (account, null) : (null, "Please check the 'jti' claim. A unique 'jti' value is required.");
    }

    internal void Reset() => _used.Clear();

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool TryReadJson(string base64, out JsonElement json)
    {
        json = default;
        if (!TryDecode(base64, out byte[] bytes))
        {
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            json = document.RootElement.Clone();
            return json.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryDecode(string base64, out byte[] bytes)
    {
        bool valid = Base64Url.IsValid(base64);
        bytes = valid ? Base64Url.DecodeFromChars(base64) : [];
        return valid;
    }
}
