using System.Text;

namespace FileVersions.Emulator.Http;

internal static class BasicCredential
{
    /// <summary>The <c>user:password</c> of a Basic header, or an empty string if it has none.</summary>
    internal static string Decode(string header)
    {
        byte[] bytes = new byte[header.Length];
        return Convert.TryFromBase64String(header["Basic ".Length..].Trim(), bytes, out int count) ? Encoding.UTF8.GetString(bytes, 0, count) : "";
    }
}
