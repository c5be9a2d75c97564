using System.Reflection;
using System.Security.Cryptography;

namespace FileVersions.Box.SignIn;

/// <summary>
/// Reads private keys in PEM format. The methods exist since .NET 5 and are not part of .NET Standard 2.0, so reflection finds them.
/// </summary>
internal static class PrivateKeyPem
{
    private static readonly ImportEncrypted? s_importEncrypted = Find<ImportEncrypted>(
        "ImportFromEncryptedPem", typeof(ReadOnlySpan<char>), typeof(ReadOnlySpan<char>));

    private static readonly Import? s_import = Find<Import>("ImportFromPem", typeof(ReadOnlySpan<char>));

    private delegate void Import(RSA key, ReadOnlySpan<char> pem);

    private delegate void ImportEncrypted(RSA key, ReadOnlySpan<char> pem, ReadOnlySpan<char> password);

    /// <summary>False on .NET Framework.</summary>
    internal static bool IsSupported => s_importEncrypted is not null && s_import is not null;

    /// <summary>Reads an RSA key, encrypted (PKCS #8) or not.</summary>
    /// <exception cref="CryptographicException">The passphrase is wrong, or the key is damaged or not an RSA key.</exception>
    /// <exception cref="ArgumentException">The text is not a key in PEM format.</exception>
    internal static RSA Read(string pem, string passphrase)
    {
        RSA key = RSA.Create();
        try
        {
            if (pem.Contains("ENCRYPTED"))
            {
                s_importEncrypted!(key, pem.AsSpan(), passphrase.AsSpan());
            }
            else
            {
                s_import!(key, pem.AsSpan());
            }

            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private static T? Find<T>(string name, params Type[] parameters)
        where T : Delegate
    {
        MethodInfo? method = typeof(RSA).GetMethod(name, parameters);
        return (T?)method?.CreateDelegate(typeof(T));
    }
}
