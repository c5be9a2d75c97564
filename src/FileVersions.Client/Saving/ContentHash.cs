using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace FileVersions.Saving;

/// <summary>
/// The SHA-1 of content that comes in parts. Large parts are hashed by another thread, some parts behind the one that is being
/// received: with as many buffers between them neither thread waits for the other at each part, and the receiving one can stay on its core.
/// </summary>
/// <remarks>One thread at a time rents, adds and takes.</remarks>
internal sealed class ContentHash : IDisposable
{
    internal const int BufferSize = 128 * 1024;

    private const int BufferCount = 8;
    private const int WorthThread = 32 * 1024;

    private readonly object _lock = new();
    private readonly SemaphoreSlim _free = new(BufferCount);
    private readonly Stack<byte[]> _spare = new();
    private readonly Queue<ArraySegment<byte>> _parts = new();
    private IncrementalHash _hash = Create();
    private Task _hashing = Task.CompletedTask;
    private bool _isRunning;
    private bool _isDisposed;

    /// <summary>A buffer for the next part; waits until one is free.</summary>
    internal async Task<byte[]> RentAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            return _spare.Count > 0 ? _spare.Pop() : new byte[BufferSize];
        }
    }

    /// <summary>Adds a rented buffer's first bytes, none or more, and takes the buffer back.</summary>
    internal void Add(byte[] buffer, int count)
    {
        lock (_lock)
        {
            if (_isRunning || count >= WorthThread)
            {
                _parts.Enqueue(new ArraySegment<byte>(buffer, 0, count));
                if (!_isRunning)
                {
                    _isRunning = true;
                    _hashing = Task.Run(HashParts);
                }

                return;
            }
        }

        Hash(new ArraySegment<byte>(buffer, 0, count));
    }

    /// <summary>Ends when all parts are hashed; to be awaited before anything below.</summary>
    internal Task WaitAsync() => _hashing;

    /// <summary>The SHA-1 of what was added since the last call or restart, in hexadecimal digits.</summary>
    internal string Take() => ToHex(_hash.GetHashAndReset());

    /// <summary>Forgets what was added.</summary>
    internal void Restart()
    {
        _hash.Dispose();
        _hash = Create();
    }

    /// <summary>Ends it, also in the middle of the hashing.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _parts.Clear();
            if (_isRunning)
            {
                // The other thread is still at a part; it frees when it is done.
                return;
            }
        }

        Free();
    }

#pragma warning disable CA5350 // It is no safeguard against forgers: it is the checksum that Box gives.
    internal static IncrementalHash Create() => IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350

    internal static string ToHex(byte[] hash) => BitConverter.ToString(hash).Replace("-", string.Empty);

    private void Free()
    {
        _hash.Dispose();
        _free.Dispose();
    }

    private void HashParts()
    {
        while (TryTakePart(out ArraySegment<byte> part))
        {
            Hash(part);
        }
    }

    private bool TryTakePart(out ArraySegment<byte> part)
    {
        lock (_lock)
        {
            if (_parts.Count > 0)
            {
                part = _parts.Dequeue();
                return true;
            }

            _isRunning = false;
            part = default;
            if (!_isDisposed)
            {
                return false;
            }
        }

        Free();
        return false;
    }

    private void Hash(ArraySegment<byte> part)
    {
        _hash.AppendData(part.Array!, part.Offset, part.Count);
        lock (_lock)
        {
            _spare.Push(part.Array!);
        }

        _free.Release();
    }
}
