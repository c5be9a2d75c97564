using System.Security.Cryptography;
using System.Text.Json;
using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.Json;

namespace FileVersions.Box.SignIn;

/// <summary>The configuration file of an application, as downloaded from Box's developer console.</summary>
internal sealed class BoxAppConfig
{
    private BoxAppConfig(string clientId, Secret clientSecret)
    {
        ClientId = clientId;
        ClientSecret = clientSecret;
    }

    internal string ClientId { get; }

    internal Secret ClientSecret { get; }

    /// <summary>The enterprise of the application; null if the file has none.</summary>
    internal string? EnterpriseId { get; private init; }

    /// <summary>Box's id of the public key.</summary>
    internal string? PublicKeyId { get; private init; }

    /// <summary>The private key; null if the file contains client credentials only.</summary>
    internal RSA? Key { get; private init; }

    /// <summary>Reads a file, named by its full path.</summary>
    /// <exception cref="FileVersionException">The file cannot be read or is incomplete. The message never contains secrets.</exception>
    internal static BoxAppConfig Read(string path)
    {
        byte[] bytes = [];
        try
        {
            bytes = File.ReadAllBytes(path);
            using JsonDocument document = JsonDocument.Parse(JsonBytes.WithoutMark(bytes));
            return Read(document.RootElement, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is not valid Unicode.
            throw Fail(Texts.BoxConfigUnreadable, path, ErrorText.Sentence(e.Message));
        }
        catch (JsonException e)
        {
            // The text of the exception quotes from the file.
            throw Fail(Texts.BoxConfigNotJson, path, (e.LineNumber ?? 0) + 1);
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
        }
    }

    private static BoxAppConfig Read(JsonElement root, string path)
    {
        JsonElement settings = Part(root, "boxAppSettings");
        JsonElement auth = Part(settings, "appAuth");
        string? clientId = Text(settings, "clientID");
        string? clientSecret = Text(settings, "clientSecret");
        string? publicKeyId = Text(auth, "publicKeyID");
        string? privateKey = Text(auth, "privateKey");

        var missing = new List<string>();
        AddIf(missing, clientId is null, "boxAppSettings.clientID");
        AddIf(missing, clientSecret is null, "boxAppSettings.clientSecret");
        AddIf(missing, publicKeyId is null && privateKey is not null, "boxAppSettings.appAuth.publicKeyID");
        AddIf(missing, publicKeyId is not null && privateKey is null, "boxAppSettings.appAuth.privateKey");
        if (missing.Count > 0)
        {
            throw Fail(Texts.BoxConfigIncomplete, path, string.Join(", ", missing));
        }

        var secret = new Secret(clientSecret!);
        secret.Check(Texts.BoxNameConfigSecret.FormatWith(path));
        return new BoxAppConfig(clientId!, secret)
        {
            EnterpriseId = Text(root, "enterpriseID") is { } id && id != "0" ? id : null,
            PublicKeyId = publicKeyId,
            Key = privateKey is null ? null : ReadKey(privateKey, Text(auth, "passphrase") ?? string.Empty, path),
        };
    }

    private static RSA ReadKey(string pem, string passphrase, string path)
    {
        if (!PrivateKeyPem.IsSupported)
        {
            throw Fail(Texts.BoxConfigKeyUnsupported, path, null);
        }

        try
        {
            return PrivateKeyPem.Read(pem, passphrase);
        }
        catch (CryptographicException e)
        {
            throw Fail(Texts.BoxConfigPassphraseWrong, path, ErrorText.Sentence(e.Message));
        }
        catch (ArgumentException)
        {
            throw Fail(Texts.BoxConfigKeyInvalid, path, null);
        }
    }

    private static JsonElement Part(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement part) ? part : default;

    // Box's developer console writes empty strings if the application has no key.
    private static string? Text(JsonElement owner, string name)
    {
        JsonElement value = Part(owner, name);
        string? text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text!.Trim();
    }

    private static void AddIf(List<string> missing, bool isMissing, string name)
    {
        if (isMissing)
        {
            missing.Add(name);
        }
    }

    private static FileVersionException Fail(string text, string path, object? detail) =>
        new(FileVersionErrorKind.InvalidConfiguration, text.FormatWith(path, detail));
}
