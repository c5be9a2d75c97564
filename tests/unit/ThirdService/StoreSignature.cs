using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FileVersions.UnitTests.ThirdService;

/// <summary>Signs requests as S3 does: over the method, the address, headers and the hash of the content.</summary>
internal static class StoreSignature
{
    internal const string Scheme = "STORE-HMAC-SHA256";
    internal const string DateHeader = "x-store-date";
    internal const string HashHeader = "x-store-content-sha256";
    private const string HeaderPrefix = "x-store-";

    /// <summary>The parameter of the authorization header for a complete request.</summary>
    internal static async Task<string> OfAsync(HttpRequestMessage request, string keyId, string secret)
    {
        byte[] content = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync();
        string[] headers = [.. request.Headers
            .Where(header => header.Key.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase))
            .Select(header => $"{header.Key.ToLowerInvariant()}:{string.Join(',', header.Value)}")
            .Order(StringComparer.Ordinal)];
        string text = string.Join(
            '\n',
            [request.Method.Method, request.RequestUri!.AbsolutePath, SortedQuery(request.RequestUri), .. headers, Convert.ToHexStringLower(SHA256.HashData(content))]);
        return $"Credential={keyId},Signature={Sign(text, secret)}";
    }

    /// <summary>The query of an address of a version's content that is valid without a credential until a time.</summary>
    internal static string QueryUntil(string path, string versionId, DateTimeOffset end, string secret)
    {
        string seconds = end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"versionId={versionId}&expires={seconds}&signature={Sign($"{path}\n{versionId}\n{seconds}", secret)}";
    }

    private static string SortedQuery(Uri address) =>
        string.Join('&', address.Query.TrimStart('?').Split('&').Order(StringComparer.Ordinal));

    private static string Sign(string text, string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
}
