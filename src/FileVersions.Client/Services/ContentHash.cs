using System.Buffers;
using System.Security.Cryptography;

namespace FileVersions.Services;

/// <summary>Computes the SHA-1 of contents.</summary>
internal static class ContentHash
{
    internal const int BufferSize = 128 * 1024;

#pragma warning disable CA5350 // This is the checksum that Box provides, not a protection against forgery.
    internal static IncrementalHash Create() => IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350

    /// <summary>Opens a file to read it from the start to the end.</summary>
    internal static FileStream OpenFile(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);

    /// <summary>The SHA-1 of what a stream contains from its position to its end, in hexadecimal digits.</summary>
    internal static async Task<string> ComputeAsync(Stream stream, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = Create();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
            {
                hash.AppendData(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return ToHex(hash.GetHashAndReset());
    }

    /// <summary>The SHA-1 of the start of a buffer, in hexadecimal digits.</summary>
    internal static string Compute(byte[] buffer, int count)
    {
        using IncrementalHash hash = Create();
        hash.AppendData(buffer, 0, count);
        return ToHex(hash.GetHashAndReset());
    }

    internal static string ToHex(byte[] hash) => BitConverter.ToString(hash).Replace("-", string.Empty);
}
