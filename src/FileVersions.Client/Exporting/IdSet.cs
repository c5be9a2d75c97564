using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace FileVersions.Exporting;

/// <summary>
/// A set of ids that needs about 40 bytes for each, whatever its length: it stores half of the SHA-256. The probability that two of a
/// billion ids share that half is below 1 in 10^20.
/// </summary>
internal sealed class IdSet : IDisposable
{
    private readonly HashSet<Guid> _hashes = [];
    private readonly SHA256 _sha256 = SHA256.Create();

    public void Dispose() => _sha256.Dispose();

    /// <returns>False if the set contained it.</returns>
    internal bool Add(string id) => _hashes.Add(HashOf(id));

    internal bool Contains(string id) => _hashes.Contains(HashOf(id));

    [SuppressMessage("Performance", "CA1850:Prefer static HashData", Justification = ".NET Standard 2.0 has no HashData.")]
    private Guid HashOf(string id)
    {
        byte[] hash = _sha256.ComputeHash(Encoding.UTF8.GetBytes(id));
        Array.Resize(ref hash, 16);
        return new Guid(hash);
    }
}
