using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text.Json;
using FileVersions.Http;
using FileVersions.Json;

namespace FileVersions.Box.SignIn;

/// <summary>An app's config file, as Box's developer console hands it out.</summary>
internal sealed class BoxAppConfig
{
    private BoxAppConfig(string clientId, Secret clientSecret)
    {
        ClientId = clientId;
        ClientSecret = clientSecret;
    }

    internal string ClientId { get; }

    internal Secret ClientSecret { get; }

    /// <summary>The enterprise that the app belongs to; null when the file names none.</summary>
    internal string? EnterpriseId { get; private init; }

    /// <summary>The id under which Box knows the key's public half.</summary>
    internal string? PublicKeyId { get; private init; }

    /// <summary>The key to sign with; null when the file holds client credentials alone.</summary>
    internal RSA? Key { get; private init; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <exception cref="FileVersionException">It cannot be read or lacks something. The message names the file and never its content.</exception>
    internal static BoxAppConfig Read(string path)
    {
        byte[] bytes = [];
        try
        {
            bytes = File.ReadAllBytes(path);
            using JsonDocument document = JsonDocument.Parse(WithoutMark(bytes));
            return Read(document.RootElement, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // The last one is of texts that are none: half a character, or bytes that are not UTF-8.
            throw Fail(Texts.ConfigUnreadable, path, e.Message);
        }
        catch (JsonException e)
        {
            // Not as the inner exception: its text quotes from the file.
            throw Fail(Texts.ConfigNotJson, path, (e.LineNumber ?? 0) + 1);
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
            throw Fail(Texts.ConfigIncomplete, path, string.Join(", ", missing));
        }

        var secret = new Secret(clientSecret!);
        secret.Check(path + ": clientSecret");
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
            throw Fail(Texts.JwtNeedsPowerShell7, path, null);
        }

        try
        {
            return PrivateKeyPem.Read(pem, passphrase);
        }
        catch (CryptographicException e)
        {
            throw Fail(Texts.ConfigPassphraseWrong, path, e.Message);
        }
        catch (ArgumentException)
        {
            throw Fail(Texts.ConfigKeyInvalid, path, null);
        }
    }

    private static JsonElement Part(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement part) ? part : default;

    // Box's console writes empty texts where an app has no key.
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

    private static ReadOnlyMemory<byte> WithoutMark(byte[] bytes) =>
        bytes.AsMemory(bytes.Length - JsonBytes.WithoutMark(bytes).Length);

    private static FileVersionException Fail(string text, string path, object? detail) =>
        new(FileVersionErrorKind.InvalidRequest, string.Format(CultureInfo.CurrentCulture, text, path, detail));
}
