using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace FileVersions.UnitTests.Emulator;

[SuppressMessage("Security", "CA5350", Justification = "The services use SHA-1.")]
internal static class Hashes
{
    internal static string Sha1(byte[] bytes) => Convert.ToHexStringLower(SHA1.HashData(bytes));

    internal static string Sha1Base64(byte[] bytes) => Convert.ToBase64String(SHA1.HashData(bytes));

    internal static string HmacSha1(string key, string text) => Convert.ToHexStringLower(HMACSHA1.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));
}
