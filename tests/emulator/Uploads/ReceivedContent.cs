using System.Security.Cryptography;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Uploads;

/// <summary>Reads uploaded content and computes its SHA-1 while it arrives.</summary>
internal static class ReceivedContent
{
    private const int BlockSize = 64 * 1024;

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The content.</param>
    /// <param name="maxSize">The maximum number of bytes.</param>
    /// <param name="maxKept">The maximum number of bytes that are kept. For larger content, only the size and the SHA-1 are kept.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Null if the content is larger than <paramref name="maxSize"/>.</returns>
    internal static async Task<Content?> ReadAsync(Stream stream, long maxSize, long maxKept, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        using var kept = new MemoryStream();
        byte[] block = new byte[BlockSize];
        long size = 0;
        for (int count; (count = await stream.ReadAsync(block, cancellationToken)) > 0;)
        {
            size += count;
            if (size > maxSize)
            {
                return null;
            }

            hash.AppendData(block, 0, count);
            if (size <= maxKept)
            {
                kept.Write(block, 0, count);
            }
        }

        string sha1 = Convert.ToHexStringLower(hash.GetHashAndReset());
        return size <= maxKept ? Content.Of(kept.ToArray(), sha1) : Content.WithoutBytes(size, sha1);
    }
}
