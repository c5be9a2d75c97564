using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FileVersions.Emulator.Downloads;

/// <summary>Signs addresses that work without a credential until they expire.</summary>
internal sealed class LinkSigner
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>The signature of a text and its expiry in Unix milliseconds.</summary>
    internal string Sign(string text, long expires) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(expires.ToString(CultureInfo.InvariantCulture) + ' ' + text)))[..40];

    internal bool IsValid(string text, string? expires, string? signature) =>
        long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out long until)
        && until > DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()
        && Sign(text, until).Equals(signature, StringComparison.Ordinal);
}
