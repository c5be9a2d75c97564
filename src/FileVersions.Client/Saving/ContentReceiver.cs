using System;
using System.Buffers;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Http;
using FileVersions.Services;

namespace FileVersions.Saving;

/// <summary>Receives the content of one version into a file, one response after the other.</summary>
internal sealed class ContentReceiver(ServiceConnection connection, VersionToSave version, PartialFile file, SaveProgress progress, Action<string>? log)
{
    private const int MaxRedirects = 5;

    private ContentPart? _first;
    private long? _total = version.Size;

    /// <summary>Whether the file holds the whole content.</summary>
    internal bool IsComplete => file.Length == _total && _first is not null;

    /// <summary>Discards what was received.</summary>
    internal void Restart()
    {
        file.Restart();
        _first = null;
        _total = version.Size;
    }

    /// <summary>Requests the missing content and appends what the response carries, which may not be all of it.</summary>
    /// <param name="address">The address of the content.</param>
    /// <param name="createError">Creates the error for a response that refuses the request.</param>
    /// <param name="timeout">Cancelled when nothing was received for the connection's timeout.</param>
    internal async Task ReceiveAsync(
        Uri address, Func<HttpResponseMessage, ReadOnlyMemory<byte>, FileVersionException> createError, CancellationTokenSource timeout)
    {
        // Without a tag or a checksum, nothing shows whether the rest belongs to the beginning.
        if (_first is { StrongETag: null } && version.Sha1 is null)
        {
            Restart();
        }

        using HttpResponseMessage response = await OpenAsync(address, timeout.Token).ConfigureAwait(false);
        timeout.CancelAfter(connection.Timeout);
        using CancellationTokenRegistration hangUp = HttpClients.IsModernRuntime ? default : timeout.Token.Register(response.Dispose);
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent)
        {
            if (Accept(ContentPart.Read(response, file.Length)) is { } part)
            {
                await CopyAsync(response.Content, part, timeout).ConfigureAwait(false);
            }
        }
        else if (response.StatusCode != HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            using PooledBody body = await PooledBody.ReadAsync(response.Content, onBeginning: null, timeout.Token).ConfigureAwait(false);
            throw createError(response, body.Bytes);
        }
        else if (_total is null && response.Content.Headers.ContentRange?.Length == file.Length)
        {
            // The content ended with the previous part, which did not state the total.
            _total = file.Length;
        }
        else
        {
            throw new InvalidDataException(Texts.SavingPartWrong);
        }
    }

    /// <summary>Requests the content, or the rest of it, and follows redirects.</summary>
    private async Task<HttpResponseMessage> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        for (int redirects = 0; ; redirects++)
        {
            ThrowIfUnsafe(address);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);

            // A compressed response cannot be resumed.
            request.Headers.AcceptEncoding.ParseAdd("identity");
            if (_first is not null && file.Length > 0)
            {
                request.Headers.Range = new RangeHeaderValue(file.Length, null);
                request.Headers.IfRange = _first.StrongETag is { } tag ? new RangeConditionHeaderValue(tag) : null;
            }

            HttpResponseMessage response = await connection.ContentHttp
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
            {
                return response;
            }

            using (response)
            {
                address = response.Headers.Location is not { } location
                    ? throw new InvalidDataException(Texts.SavingAddressMissing)
                    : redirects < MaxRedirects ? new Uri(address, location) : throw new InvalidDataException(Texts.SavingTooManyRedirects);
            }
        }
    }

    // Only an account whose service runs on this computer, such as a test server, has a reason to deliver contents from here over plain http.
    private void ThrowIfUnsafe(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback && connection.BaseUri.IsLoopback))
        {
            throw new InvalidDataException(string.Format(CultureInfo.CurrentCulture, Texts.SavingAddressUnsafe, address.GetLeftPart(UriPartial.Authority)));
        }
    }

    /// <returns>The part, or null if it does not belong to what was received before, which is discarded then.</returns>
    private ContentPart? Accept(ContentPart part)
    {
        if (part.Total is { } total && version.Size is { } size && total != size)
        {
            throw new InvalidDataException(string.Format(CultureInfo.CurrentCulture, Texts.SavingLengthWrong, total, size));
        }

        if (part.Start == 0)
        {
            Restart();
            _first = part;
        }
        else if (!_first!.CanBeContinuedWith(part))
        {
            log?.Invoke(string.Format(CultureInfo.CurrentCulture, Texts.SavingContentChanged, ErrorTexts.Subject(version.FileId, version.VersionId)));
            Restart();
            return null;
        }
        else
        {
            log?.Invoke(string.Format(CultureInfo.CurrentCulture, Texts.SavingResumed, ErrorTexts.Subject(version.FileId, version.VersionId), part.Start));
        }

        _total ??= part.Total;
        return part;
    }

    private async Task CopyAsync(HttpContent response, ContentPart part, CancellationTokenSource timeout)
    {
        using Stream content = await response.ReadAsStreamAsync().ConfigureAwait(false);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ContentHash.BufferSize);
        try
        {
            int count;
            while ((count = await content.ReadAsync(buffer, 0, buffer.Length, timeout.Token).ConfigureAwait(false)) > 0)
            {
                timeout.CancelAfter(connection.Timeout);
                progress.Received(count);
                file.Append(buffer, count);
                if (file.Length > (part.End ?? _total))
                {
                    // A response that does not state its length may never end.
                    throw new InvalidDataException(string.Format(CultureInfo.CurrentCulture, Texts.SavingLengthWrong, file.Length, part.End ?? _total));
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (part.End is { } end && file.Length != end)
        {
            // Some runtimes report a connection that was cut as the end of the content.
            throw new IOException(string.Format(CultureInfo.CurrentCulture, Texts.SavingContentCut, file.Length, end));
        }

        if (part.End is null)
        {
            _total ??= file.Length;
        }
    }
}
