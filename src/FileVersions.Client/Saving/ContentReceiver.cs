using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.Http.Pipeline;
using FileVersions.Services;

namespace FileVersions.Saving;

/// <summary>
/// Receives the content of one version into a file, one response after the other. A download that was cut is resumed if the server
/// supports that and the content is certain to be the same; otherwise it starts again.
/// </summary>
internal sealed class ContentReceiver(ServiceConnection connection, VersionToSave version, PartialFile file, TransferProgress progress, Action<string>? log)
{
    private const int BufferSize = 256 * 1024;

    private readonly ErrorContext _context = new(connection, version.FileId, version.VersionId);
    private ContentPart? _first;
    private long? _total = version.Size;

    /// <summary>Whether the file holds the whole content.</summary>
    internal bool IsComplete => _first is not null && file.Length == _total;

    /// <summary>The largest number of bytes received so far, including before a restart.</summary>
    internal long Furthest { get; private set; }

    /// <summary>Discards what was received.</summary>
    internal void Restart()
    {
        file.Restart();
        _first = null;
        _total = version.Size;
    }

    /// <summary>Requests the missing content.</summary>
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

    /// <summary>Appends what a response carries, which may not be all of the missing content.</summary>
    internal async Task ReceiveAsync(PipelineMessage message, HttpResponseMessage response, ContentLocation location, CancellationToken cancellationToken)
    {
        message.ExtendTimeout();
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // The content may have ended with the previous part, if that did not state the total.
            _total = _total is null && response.Content.Headers.ContentRange?.Length == file.Length
                ? file.Length
                : throw new InvalidDataException(Texts.SavingPartWrong);
            return;
        }

        ContentPart part = ContentPart.Read(response, file.Length);
        if (part.Total is { } total && version.Size is { } size && total != size)
        {
            throw WrongContent(location, Texts.SavingLengthWrong, total, size);
        }

        if (part.Start == 0)
        {
            Restart();
            _first = part;
        }
        else if (!_first!.CanBeContinuedWith(part))
        {
            Restart();
            throw new IOException(Texts.SavingContentChanged);
        }
        else
        {
            log?.Invoke(Texts.SavingResumed.FormatWith(SaveError.Subject(version), part.Start));
        }

        _total ??= part.Total;
        if (part.End > _total)
        {
            throw WrongContent(location, Texts.SavingLengthWrong, part.End, _total);
        }

        await CopyAsync(message, response.Content, part, location, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Verifies the SHA-1 of the complete content, if the version has one.</summary>
    /// <exception cref="FileVersionException">The content is not that of the version.</exception>
    internal void Verify(ContentLocation location)
    {
        string? sha1 = file.TakeSha1();
        if (version.Sha1 is { } expected && !expected.Equals(sha1, StringComparison.OrdinalIgnoreCase))
        {
            throw WrongContent(location, Texts.SavingHashWrong, sha1!, expected);
        }
    }

    private async Task CopyAsync(
        PipelineMessage message, HttpContent response, ContentPart part, ContentLocation location, CancellationToken cancellationToken)
    {
        // One buffer is filled while the other is hashed.
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        byte[] other = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using Stream content = await response.ReadAsStreamAsync().ConfigureAwait(false);
            int count;
            while ((count = await content.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
            {
                message.ExtendTimeout();
                progress.Transferred(count);
                await file.AppendAsync(buffer, count).ConfigureAwait(false);
                (buffer, other) = (other, buffer);
                if (file.Length > (part.End ?? _total))
                {
                    // A response that does not state its length may never end.
                    throw WrongContent(location, Texts.SavingLengthWrong, file.Length, (part.End ?? _total)!);
                }

                if (file.Length > Furthest)
                {
                    Furthest = file.Length;
                    message.ReportProgress();
                }
            }
        }
        catch (Exception e) when (IsComplete && e is IOException or HttpRequestException or OperationCanceledException)
        {
            // The connection was lost after the last byte.
        }
        finally
        {
            await file.WaitForHashAsync().ConfigureAwait(false);
            ArrayPool<byte>.Shared.Return(buffer);
            ArrayPool<byte>.Shared.Return(other);
        }

        // A response that does not state its length ends with the content.
        long end = part.End ?? (_total ??= file.Length);
        if (file.Length != end)
        {
            // Some runtimes report a connection that was cut as the end of the content.
            throw new IOException(Texts.SavingContentCut.FormatWith(file.Length, end));
        }
    }

    private FileVersionException WrongContent(ContentLocation location, string text, object actual, object expected) =>
        _context.InvalidResponse(text.FormatWith(actual, expected), location.MismatchAdvice);
}
