using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FileVersions.Emulator.Downloads;

/// <summary>
/// Signs ImageKit addresses as ImageKit's SDKs do: HMAC-SHA1, keyed with the private key, of the path below the account
/// with its query, followed by the expiry in Unix seconds. Changing the path or any other query parameter breaks the signature.
/// </summary>
internal static class IKUrlSigner
{
    /// <summary>The expiry that is signed when an address has no <c>ik-t</c>.</summary>
    private const string NoExpiry = "9999999999";

    /// <summary>Adds <c>ik-t</c> and <c>ik-s</c>.</summary>
    /// <param name="path">Path and query below the account, without a leading slash.</param>
    /// <param name="expires">Unix seconds.</param>
    /// <param name="privateKey">The account's private key.</param>
    internal static string Sign(string path, long expires, string privateKey)
    {
        string expiry = expires.ToString(CultureInfo.InvariantCulture);
        return $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}ik-t={expiry}&ik-s={Signature(path + expiry, privateKey)}";
    }

    /// <summary>Whether an address has a valid signature that has not expired.</summary>
    /// <param name="path">Path and query below the account, without a leading slash, as requested.</param>
    /// <param name="privateKey">The account's private key.</param>
    internal static bool IsSigned(string path, string privateKey)
    {
        (string unsigned, string? expiry, string? signature) = Split(path);
        bool isExpired = expiry is not null
            && (!long.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out long expires) || expires <= DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        return !isExpired && Signature(unsigned + (expiry ?? NoExpiry), privateKey).Equals(signature, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Removes <c>ik-t</c> and <c>ik-s</c> from a query; the other parameters keep their order.</summary>
    private static (string Unsigned, string? Expiry, string? Signature) Split(string path)
    {
        int query = path.IndexOf('?', StringComparison.Ordinal);
        string? expiry = null, signature = null;
        var kept = new StringBuilder(query < 0 ? path : path[..query]);
        char separator = '?';
        foreach (string parameter in query < 0 ? [] : path[(query + 1)..].Split('&'))
        {
            if (parameter.StartsWith("ik-t=", StringComparison.Ordinal))
            {
                expiry = parameter["ik-t=".Length..];
            }
            else if (parameter.StartsWith("ik-s=", StringComparison.Ordinal))
            {
                signature = parameter["ik-s=".Length..];
            }
            else
            {
                kept.Append(separator).Append(parameter);
                separator = '&';
            }
        }

        return (kept.ToString(), expiry, signature);
    }

    private static string Signature(string text, string privateKey)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, Encoding.UTF8.GetBytes(privateKey));
        hmac.AppendData(Encoding.UTF8.GetBytes(text));
        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }
}
