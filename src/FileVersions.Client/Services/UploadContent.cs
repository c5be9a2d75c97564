using System.Buffers;
using System.Net;
using FileVersions.Http.Pipeline;

namespace FileVersions.Services;

/// <summary>The content of a version, or of a part of one, that is ready to be sent any number of times.</summary>
public sealed class UploadContent
{
    private readonly Func<Stream> _open;
    private readonly Func<CancellationToken, Task<string>> _computeSha1;
    private readonly Action<int> _onSent;
    private string? _sha1;

    /// <summary>Creates a content that is opened at its start for each attempt. Both functions are called when needed; the SHA-1 has hexadecimal digits.</summary>
    internal UploadContent(long size, Func<Stream> open, Func<CancellationToken, Task<string>> computeSha1, Action<int> onSent)
    {
        Size = size;
        _open = open;
        _computeSha1 = computeSha1;
        _onSent = onSent;
    }

    internal UploadContent(byte[] buffer, int size, string sha1, Action<int> onSent)
        : this(size, () => new MemoryStream(buffer, 0, size, writable: false), _ => Task.FromResult(sha1), onSent)
    {
    }

    /// <summary>The size in bytes.</summary>
    public long Size { get; }

    /// <summary>Returns the SHA-1 in hexadecimal digits. A content that is not in memory is read for it.</summary>
    public async Task<string> GetSha1Async(CancellationToken cancellationToken) =>
        _sha1 ??= await _computeSha1(cancellationToken).ConfigureAwait(false);

    /// <summary>Creates the body of an attempt. Each portion that is sent gives the attempt the full timeout again.</summary>
    internal HttpContent CreateBody(PipelineMessage message) => new Body(this, message);

    private sealed class Body(UploadContent content, PipelineMessage message) : HttpContent
    {
        protected override bool TryComputeLength(out long length)
        {
            length = content.Size;
            return true;
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext context)
        {
            using Stream source = content._open();
            byte[] buffer = ArrayPool<byte>.Shared.Rent(ContentHash.BufferSize);
            try
            {
                int read;
                while ((read = await source.ReadAsync(buffer, 0, buffer.Length).ConfigureAwait(false)) > 0)
                {
                    await stream.WriteAsync(buffer, 0, read).ConfigureAwait(false);
                    message.ExtendTimeout();
                    content._onSent(read);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}
