using System.Buffers;

namespace FileVersions.Http;

/// <summary>
/// The body of a response in rented memory, so that a page of versions needs no array of its own. The memory is cleared before it is
/// returned, because the body may contain a token.
/// </summary>
internal sealed class PooledBody : IDisposable
{
    /// <summary>Maximum length after decompression. A full page of 1000 versions is under 1 MiB.</summary>
    internal const int MaxLength = 64 * 1024 * 1024;

    private const int InitialCapacity = 16 * 1024;

    private byte[] _buffer;
    private int _length;

    private PooledBody(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    internal ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads a body to its end.</summary>
    /// <exception cref="InvalidDataException">The body is longer than <see cref="MaxLength"/>.</exception>
    internal static async Task<PooledBody> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        // Content-Length is only a hint: the body may be compressed.
        long hint = content.Headers.ContentLength ?? InitialCapacity;
        var body = new PooledBody((int)Math.Min(Math.Max(hint + 1, InitialCapacity), 1024 * 1024));
        try
        {
            using Stream stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
            while (true)
            {
                body.EnsureSpace();
                int read = await stream.ReadAsync(body._buffer, body._length, body._buffer.Length - body._length, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return body;
                }

                body._length += read;
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            Return();
            _buffer = [];
            _length = 0;
        }
    }

    private void EnsureSpace()
    {
        if (_length < _buffer.Length)
        {
            return;
        }

        if (_length >= MaxLength)
        {
            throw new InvalidDataException(Texts.HttpBodyTooLong.FormatWith(MaxLength / (1024 * 1024)));
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Buffer.BlockCopy(_buffer, 0, larger, 0, _length);
        Return();
        _buffer = larger;
    }

    private void Return()
    {
        Array.Clear(_buffer, 0, _length);
        ArrayPool<byte>.Shared.Return(_buffer);
    }
}
