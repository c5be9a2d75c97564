using System.Buffers;
using System.Security.Cryptography;
using FileVersions.Http;
using FileVersions.Http.Pipeline;
using FileVersions.Services;

namespace FileVersions.ImageKit.Uploads;

/// <summary>Hashes a content as ImageKit delivers it, without keeping it.</summary>
internal static class IKDeliveredContent
{
    /// <summary>Downloads a content and returns its SHA-1 in hexadecimal digits; null if it does not have the expected size in bytes.</summary>
    /// <exception cref="FileVersionException">The content cannot be downloaded.</exception>
    internal static async Task<string?> ComputeSha1Async(
        IKConnection connection, Uri address, long size, string fileId, Action<string>? log, CancellationToken cancellationToken)
    {
        string? sha1 = null;
        var request = new ServiceRequest(HttpMethod.Get, IKContentService.Locate(address).Address.AbsoluteUri, fileId)
        {
            Receive = async (message, response, stop) => sha1 = await HashAsync(message, response, size, stop).ConfigureAwait(false),
            PrepareRequest = static http => http.Headers.AcceptEncoding.ParseAdd("identity"),
            Log = log,
        };
        await connection.Content.SendAsync(request, static (ServiceResponse _) => true, cancellationToken).ConfigureAwait(false);
        return sha1;
    }

    private static async Task<string?> HashAsync(PipelineMessage message, HttpResponseMessage response, long size, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = ContentHash.Create();
        using Stream content = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ContentHash.BufferSize);
        try
        {
            long received = 0;
            int count;
            while (received <= size && (count = await content.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
            {
                message.ExtendTimeout();
                hash.AppendData(buffer, 0, count);
                received += count;
            }

            return received == size ? ContentHash.ToHex(hash.GetHashAndReset()) : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
