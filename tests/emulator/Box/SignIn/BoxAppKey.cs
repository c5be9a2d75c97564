using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace FileVersions.Emulator.Box;

/// <summary>The app that can request tokens, and its key pair, which is generated on first use.</summary>
internal sealed class BoxAppKey : IDisposable
{
    internal const string ClientId = "box-client";
    internal const string ClientSecret = "box-secret";
    internal const string EnterpriseId = "900";
    internal const string PublicKeyId = "k3y1d001";
    private const string Passphrase = "correct-horse-battery-staple";

    private readonly Lazy<RSA> _pair = new(() => RSA.Create(2048));

    /// <summary>The app's config file, as downloaded from Box's developer console.</summary>
    /// <param name="withKey">Whether the file has the private key for JWT; otherwise it has client credentials only.</param>
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
