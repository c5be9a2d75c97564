using System.Buffers;
using System.Net;
using FileVersions.Http.Pipeline;

namespace FileVersions.Services;

/// <summary>The body of one attempt to send a content. Each portion that is sent gives the attempt the full timeout again.</summary>
/// <param name="open">Opens the content.</param>
/// <param name="size">The size of the content in bytes.</param>
/// <param name="message">The request.</param>
/// <param name="onSent">Receives the number of bytes whenever some were sent.</param>
internal sealed class UploadBody(Func<Stream> open, long size, PipelineMessage message, Action<int> onSent) : HttpContent
{
    protected override bool TryComputeLength(out long length)
    {
        length = size;
        return true;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext context)
    {
        using Stream source = open();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ContentHash.BufferSize);
        try
        {
            int read;
            while ((read = await source.ReadAsync(buffer, 0, buffer.Length).ConfigureAwait(false)) > 0)
            {
                await stream.WriteAsync(buffer, 0, read).ConfigureAwait(false);
                message.ExtendTimeout();
                onSent(read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
