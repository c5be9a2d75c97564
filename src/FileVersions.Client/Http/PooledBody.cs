using System;
using System.Buffers;
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace FileVersions.Http;

/// <summary>A reply's body in a borrowed buffer, so that a page of versions costs no string and no array of its own.</summary>
internal sealed class PooledBody : IDisposable
{
    /// <summary>More than any reply of the services: a full page of 1000 versions is under 1 MiB. Guards against a compressed bomb.</summary>
    internal const int LargestBody = 64 * 1024 * 1024;

    private const int FirstBuffer = 16 * 1024;

    private byte[] _buffer;
    private int _length;

    private PooledBody(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    internal ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads a body to its end.</summary>
    /// <param name="content">The body.</param>
    /// <param name="onBeginning">Given its first bytes when they are here; null where nobody wants them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidDataException">It is larger than <see cref="LargestBody"/> once unpacked.</exception>
    internal static async Task<PooledBody> ReadAsync(
        HttpContent content, Action<ReadOnlyMemory<byte>>? onBeginning, CancellationToken cancellationToken)
    {
        // A known length is a hint at most: it is the packed one's.
        long hint = content.Headers.ContentLength ?? FirstBuffer;
        var body = new PooledBody((int)Math.Min(Math.Max(hint + 1, FirstBuffer), 1024 * 1024));
        try
        {
            using Stream stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
            while (true)
            {
                body.MakeRoom();
                int read = await stream.ReadAsync(body._buffer, body._length, body._buffer.Length - body._length, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return body;
                }

                body._length += read;
                onBeginning?.Invoke(body.Bytes);
                onBeginning = null;
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
        byte[] buffer = _buffer;
        _buffer = [];
        _length = 0;
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void MakeRoom()
    {
        if (_length < _buffer.Length)
        {
            return;
        }

        if (_length >= LargestBody)
        {
            throw new InvalidDataException(string.Format(CultureInfo.CurrentCulture, Texts.ReplyTooLarge, LargestBody / (1024 * 1024)));
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Buffer.BlockCopy(_buffer, 0, larger, 0, _length);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
