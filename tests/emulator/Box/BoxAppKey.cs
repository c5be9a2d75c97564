using System;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace FileVersions.Emulator.Box;

/// <summary>The app that may ask for tokens, and the key pair with which it signs. The pair is made when first needed.</summary>
internal sealed class BoxAppKey : IDisposable
{
    internal const string ClientId = "box-client";
    internal const string ClientSecret = "box-secret";
    internal const string EnterpriseId = "900";
    internal const string PublicKeyId = "k3y1d001";
    private const string Passphrase = "correct-horse-battery-staple";

    private readonly Lazy<RSA> _pair = new(() => RSA.Create(2048));

    /// <summary>The app's config file as Box's developer console hands it out.</summary>
    /// <param name="withKey">Whether the app signs in by JWT; else its file holds client credentials alone.</param>
    internal JsonObject Config(bool withKey)
    {
        var settings = new JsonObject { ["clientID"] = ClientId, ["clientSecret"] = ClientSecret };
        if (withKey)
        {
            var encryption = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2048);
            settings["appAuth"] = new JsonObject
            {
                ["publicKeyID"] = PublicKeyId,
                ["privateKey"] = _pair.Value.ExportEncryptedPkcs8PrivateKeyPem(Passphrase, encryption) + "\n",
                ["passphrase"] = Passphrase,
            };
        }

        return new JsonObject { ["boxAppSettings"] = settings, ["enterpriseID"] = EnterpriseId };
    }

    internal bool IsSigned(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature, HashAlgorithmName hash) =>
        _pair.Value.VerifyData(text, signature, hash, RSASignaturePadding.Pkcs1);

    public void Dispose()
    {
        if (_pair.IsValueCreated)
        {
            _pair.Value.Dispose();
        }
    }
}
