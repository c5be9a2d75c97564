using System.Buffers;
using System.Security.Cryptography;
using FileVersions.Emulator.Data;
using Microsoft.Win32.SafeHandles;

namespace FileVersions.Emulator.Uploads;

/// <summary>
/// Assembles content from parts that arrive in any order. The SHA-1 is computed in content order: a part
/// waits for the parts before it, in memory up to a limit, then in a temporary file. Memory use is bounded for any size.
/// </summary>
/// <param name="size">The size of the content in bytes.</param>
/// <param name="maxKept">The maximum number of bytes that are kept. For larger content, only the size and the SHA-1 are kept.</param>
internal sealed class ContentAssembler(long size, long maxKept) : IDisposable
{
    private const long MaxWaitingInMemory = 256L * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
    private readonly Dictionary<long, Block> _waiting = [];
    private readonly byte[]? _kept = size <= maxKept ? new byte[size] : null;
    private long _hashed;
    private long _waitingInMemory;

    /// <summary>Adds a part.</summary>
    /// <param name="offset">Where the part begins in the content.</param>
    /// <param name="bytes">A buffer from the shared pool. This method returns it to the pool.</param>
    /// <param name="count">The length of the part.</param>
    internal void Add(long offset, byte[] bytes, int count)
    {
        lock (_gate)
        {
            if (_kept is not null)
            {
                bytes.AsSpan(0, count).CopyTo(_kept.AsSpan((int)offset));
            }

            if (offset != _hashed)
            {
                _waiting.Add(offset, Wait(bytes, count));
                return;
            }

            Hash(bytes, count);
            while (_waiting.Remove(_hashed, out Block next))
            {
                Hash(Resume(next), next.Count);
            }
        }
    }

    /// <summary>The content, once all parts were added.</summary>
    internal Content Finish()
    {
        lock (_gate)
        {
            if (_hashed != size)
            {
                throw new InvalidOperationException("Parts are missing.");
            }

            string sha1 = Convert.ToHexStringLower(_hash.GetCurrentHash());
            return _kept is null ? Content.WithoutBytes(size, sha1) : Content.Of(_kept, sha1);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (Block block in _waiting.Values)
            {
                block.File?.Dispose();
            }

            _waiting.Clear();
            _hash.Dispose();
        }
    }

    private void Hash(byte[] bytes, int count)
    {
        _hash.AppendData(bytes, 0, count);
        _hashed += count;
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private Block Wait(byte[] bytes, int count)
    {
        if (_waitingInMemory + count <= MaxWaitingInMemory)
        {
            _waitingInMemory += count;
            return new Block(bytes, null, count);
        }

        SafeFileHandle file = File.OpenHandle(
            Path.Combine(Path.GetTempPath(), "emulator-" + Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        RandomAccess.Write(file, bytes.AsSpan(0, count), 0);
        ArrayPool<byte>.Shared.Return(bytes);
        return new Block(null, file, count);
    }

    private byte[] Resume(Block block)
    {
        if (block.Bytes is { } bytes)
        {
            _waitingInMemory -= block.Count;
            return bytes;
        }

        byte[] read = ArrayPool<byte>.Shared.Rent(block.Count);
        for (int done = 0; done < block.Count;)
        {
            done += RandomAccess.Read(block.File!, read.AsSpan(done, block.Count - done), done);
        }

        block.File!.Dispose();
        return read;
    }

    private readonly record struct Block(byte[]? Bytes, SafeFileHandle? File, int Count);
}
