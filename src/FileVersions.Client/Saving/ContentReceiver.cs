using System;
using System.Buffers;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Http.Errors;
using FileVersions.Http.Pipeline;
using FileVersions.Services;

namespace FileVersions.Saving;

/// <summary>Receives the content of one version into a file, one response after the other.</summary>
internal sealed class ContentReceiver(VersionToSave version, PartialFile file, SaveProgress progress, Action<string>? log)
{
    private ContentPart? _first;
    private long? _total = version.Size;

    /// <summary>Whether the file holds the whole content.</summary>
    internal bool IsComplete => file.Length == _total && _first is not null;

    /// <summary>The greatest length that the file has had.</summary>
    internal long Furthest { get; private set; }

    /// <summary>Discards what was received.</summary>
    internal void Restart()
    {
        file.Restart();
        _first = null;
        _total = version.Size;
    }

    /// <summary>Asks for the rest of the content if some of it was received.</summary>
    internal void PrepareRequest(HttpRequestMessage request)
    {
        // Without a tag or a checksum, nothing shows whether the rest belongs to the beginning.
        if (_first is { StrongETag: null } && version.Sha1 is null)
        {
            Restart();
        }

        // A compressed response cannot be resumed.
        request.Headers.AcceptEncoding.ParseAdd("identity");
        if (_first is not null && file.Length > 0)
        {
            request.Headers.Range = new RangeHeaderValue(file.Length, null);
            request.Headers.IfRange = _first.StrongETag is { } tag ? new RangeConditionHeaderValue(tag) : null;
        }
    }

    /// <summary>Appends what a response carries, which may not be all that is missing.</summary>
    /// <exception cref="InvalidDataException">The response does not carry the requested content.</exception>
    internal async Task ReceiveAsync(PipelineMessage message, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        message.ExtendTimeout();
        if (response.StatusCode != HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            if (Accept(ContentPart.Read(response, file.Length)) is { } part)
            {
                try
                {
                    await CopyAsync(message, response.Content, part, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception e) when (IsComplete && e is IOException or HttpRequestException or OperationCanceledException)
                {
                    // The connection was cut after the last byte.
                }
            }
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
            log?.Invoke(string.Format(CultureInfo.CurrentCulture, Texts.SavingContentChanged, ErrorText.Subject(version.FileId, version.VersionId)));
            Restart();
            return null;
        }
        else
        {
            log?.Invoke(string.Format(CultureInfo.CurrentCulture, Texts.SavingResumed, ErrorText.Subject(version.FileId, version.VersionId), part.Start));
        }

        _total ??= part.Total;
        return part;
    }

    private async Task CopyAsync(PipelineMessage message, HttpContent response, ContentPart part, CancellationToken cancellationToken)
    {
        using Stream content = await response.ReadAsStreamAsync().ConfigureAwait(false);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ContentHash.BufferSize);
        try
        {
            int count;
            while ((count = await content.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
            {
                message.ExtendTimeout();
                progress.Received(count);
                file.Append(buffer, count);
                if (file.Length > Furthest)
                {
                    Furthest = file.Length;
                    message.ReportProgress();
                }

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
