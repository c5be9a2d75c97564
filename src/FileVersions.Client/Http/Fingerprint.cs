using System.Security.Cryptography;
using System.Text;

namespace FileVersions.Http;

/// <summary>Compares secrets without keeping them: a hash with a random key that differs in each process.</summary>
internal static class Fingerprint
{
    private static readonly byte[] s_key = NewKey();

    internal static string Of(string secret)
    {
        using var hash = new HMACSHA256(s_key);
        return Convert.ToBase64String(hash.ComputeHash(Encoding.UTF8.GetBytes(secret)));
    }

    private static byte[] NewKey()
    {
        byte[] key = new byte[32];
        using RandomNumberGenerator random = RandomNumberGenerator.Create();
        random.GetBytes(key);
        return key;
    }
}
