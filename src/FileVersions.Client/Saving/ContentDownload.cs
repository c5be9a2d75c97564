using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Http;

namespace FileVersions.Saving;

/// <summary>
/// Brings the content of one version into a file. A download that was cut goes on where it ended, if the server gives parts and
/// it is certain to be the same content; else it starts again. Only failures in a row without a single new byte count as retries.
/// </summary>
internal sealed class ContentDownload
{
    private const int MostRedirects = 5;

    private readonly ServiceConnection _connection;
    private readonly ServiceTransport _transport;
    private readonly IVersionSource _source;
    private readonly VersionToSave _version;
    private readonly PartialFile _file;
    private readonly SaveProgress _progress;
    private readonly Action<string> _log;

    // Never sent.
    private readonly ServiceRequest _requestInMessages;
    private ServiceTransport.Exchange _exchange;
    private EntityTagHeaderValue? _tag;

    internal ContentDownload(
        ServiceConnection connection, IVersionSource source, VersionToSave version, PartialFile file, SaveProgress progress, Action<string> log)
    {
        _connection = connection;
        _transport = new ServiceTransport(connection);
        _source = source;
        _version = version;
        _file = file;
        _progress = progress;
        _log = log;
        _requestInMessages = new ServiceRequest(HttpMethod.Get, string.Empty, version.FileId, version.VersionId) { KindOf = KindOf };
        _exchange = new ServiceTransport.Exchange(_requestInMessages, 1, new Redaction());
    }

    /// <exception cref="FileVersionException">The content cannot be had, is not what the service says it is, or cannot be written.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var retries = new RetryPlan(_connection.MaximumRetryCount);
        long furthest = 0;
        bool isLinkRenewed = false;
        bool hasRestarted = false;
        Uri? address = null;
        while (true)
        {
            address ??= await _source.LocateAsync(_version, isLinkRenewed, _log, cancellationToken).ConfigureAwait(false);
            _exchange = new ServiceTransport.Exchange(_requestInMessages, retries.Count + 1, new Redaction());
            FileVersionException failure;
            try
            {
                await ReceiveAsync(address, cancellationToken).ConfigureAwait(false);
                Check();
                return;
            }
            catch (FileVersionException e)
            {
                failure = e;
            }

            if (_file.Length > furthest)
            {
                furthest = _file.Length;
                retries = new RetryPlan(_connection.MaximumRetryCount);
                isLinkRenewed = false;
            }

            if (!isLinkRenewed && MayBeExpired(failure))
            {
                isLinkRenewed = true;
                address = null;
                continue;
            }

            if (!hasRestarted && failure.Kind == FileVersionErrorKind.InvalidResponse)
            {
                hasRestarted = true;
                _file.Restart();
                continue;
            }

            TimeSpan wait = retries.WaitFor(failure.RetryAfter);
            if (!ServiceTransport.IsPassing(failure) || !retries.TryAgain(wait))
            {
                ExceptionDispatchInfo.Capture(failure).Throw();
            }

            _log(retries.Describe(wait, failure));
            await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Statuses of the host that has the content: there is no sign-in, so that none of them tells anything of the account.</summary>
    private static FileVersionErrorKind KindOf(int status) => status switch
    {
        401 or 403 => FileVersionErrorKind.AccessDenied,
        404 or 410 => FileVersionErrorKind.FileVersionNotFound,
        429 => FileVersionErrorKind.RateLimited,
        >= 500 => FileVersionErrorKind.ServiceUnavailable,
        _ => FileVersionErrorKind.InvalidRequest,
    };

    // Links live 15 minutes at Box, and as long as their signature says at ImageKit. What hosts say afterwards differs.
    private static bool MayBeExpired(FileVersionException failure) => (int?)failure.StatusCode is 400 or 401 or 403 or 404 or 410;

    private async Task ReceiveAsync(Uri address, CancellationToken cancellationToken)
    {
        if (_file.Length > 0 && _file.Length == _version.Size)
        {
            // It was cut behind its last byte.
            return;
        }

        // Each part in turn has that time: a large file takes as long as it takes.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_connection.Timeout);
        try
        {
            using HttpResponseMessage response = await OpenAsync(address, patience.Token).ConfigureAwait(false);
            patience.CancelAfter(_connection.Timeout);
            using CancellationTokenRegistration hangUp = HttpClients.IsModernRuntime ? default : patience.Token.Register(response.Dispose);
            long? end = await AcceptAsync(response, patience.Token).ConfigureAwait(false);
            using Stream content = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
            await CopyAsync(content, patience).ConfigureAwait(false);
            if (end is { } expected && _file.Length != expected)
            {
                // Some runtimes take a connection that ends too early for the end of the content.
                throw new IOException(string.Format(CultureInfo.CurrentCulture, Texts.ContentCut, _file.Length, expected));
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e) when (_transport.Explain(_exchange, e, patience.IsCancellationRequested) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Asks for the content, or for the rest of it, and follows where it is sent.</summary>
    private async Task<HttpResponseMessage> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        // Without a tag or a checksum nothing tells whether the rest belongs to the beginning.
        if (_file.Length > 0 && _tag is null && _version.Sha1 is null)
        {
            _file.Restart();
        }

        for (int redirects = 0; ; redirects++)
        {
            ThrowIfUnsafe(address);
            using var message = new HttpRequestMessage(HttpMethod.Get, address);
            message.Headers.AcceptEncoding.ParseAdd("identity");
            if (_file.Length > 0)
            {
                message.Headers.Range = new RangeHeaderValue(_file.Length, null);
                message.Headers.IfRange = _tag is null ? null : new RangeConditionHeaderValue(_tag);
            }

            HttpResponseMessage response = await _connection.ContentHttp
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
            {
                return response;
            }

            using (response)
            {
                address = response.Headers.Location is not { } location
                    ? throw new InvalidDataException(Texts.ContentAddressMissing)
                    : redirects < MostRedirects ? new Uri(address, location) : throw new InvalidDataException(Texts.ContentTooManyRedirects);
            }
        }
    }

    private static void ThrowIfUnsafe(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        {
            throw new InvalidDataException(string.Format(CultureInfo.CurrentCulture, Texts.ContentAddressUnsafe, address.GetLeftPart(UriPartial.Authority)));
        }
    }

    /// <summary>Checks that a reply holds what was asked for, and makes the file ready for it.</summary>
    /// <returns>The length that the file will have; null when the reply does not tell.</returns>
    private async Task<long?> AcceptAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        HttpContentHeaders headers = response.Content.Headers;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                if (_file.Length > 0)
                {
                    _file.Restart();
                }

                break;
            case HttpStatusCode.PartialContent when _file.Length > 0 && headers.ContentRange?.From == _file.Length:
                _log(string.Format(
                    CultureInfo.CurrentCulture, Texts.ContentResumed, ErrorTexts.Subject(_version.FileId, _version.VersionId), _file.Length));
                break;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                throw new InvalidDataException(Texts.ContentPartWrong);
            default:
                using (PooledBody body = await PooledBody.ReadAsync(response.Content, onBeginning: null, cancellationToken).ConfigureAwait(false))
                {
                    throw _transport.CreateError(_exchange, response, body.Bytes);
                }
        }

        foreach (string encoding in headers.ContentEncoding)
        {
            if (!encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            {
                throw new InvalidDataException(string.Format(CultureInfo.CurrentCulture, Texts.ContentPacked, encoding));
            }
        }

        _tag = response.Headers.ETag is { IsWeak: false } tag ? tag : null;
        long? end = _file.Length + headers.ContentLength;
        return end is { } length && _version.Size is { } size && length != size
            ? throw new InvalidDataException(string.Format(CultureInfo.CurrentCulture, Texts.ContentLengthWrong, length, size))
            : end;
    }

    private async Task CopyAsync(Stream content, CancellationTokenSource patience)
    {
        try
        {
            int count;
            do
            {
                byte[] buffer = await _file.RentAsync(patience.Token).ConfigureAwait(false);
                (count, ExceptionDispatchInfo? cut) = await FillAsync(content, buffer, patience).ConfigureAwait(false);
                _file.Append(buffer, count);
                if (_file.Length > _version.Size)
                {
                    // A reply that does not tell its length may have no end, and disks have one.
                    throw new InvalidDataException(
                        string.Format(CultureInfo.CurrentCulture, Texts.ContentLengthWrong, _file.Length, _version.Size));
                }

                cut?.Throw();
            }
            while (count > 0);
        }
        finally
        {
            // The file must be at rest before anything else happens to it.
            await _file.WaitAsync().ConfigureAwait(false);
        }
    }

    /// <returns>The number of bytes, 0 at the end; and what cut the content off after them, for they are worth keeping.</returns>
    private async Task<(int Count, ExceptionDispatchInfo? Cut)> FillAsync(Stream content, byte[] buffer, CancellationTokenSource patience)
    {
        int count = 0;
        try
        {
            int read;
            do
            {
                read = await content.ReadAsync(buffer, count, buffer.Length - count, patience.Token).ConfigureAwait(false);
                count += read;
                _progress.Received(read);
                patience.CancelAfter(_connection.Timeout);
            }
            while (read > 0 && count < buffer.Length);
        }
        catch (Exception e)
        {
            return (count, ExceptionDispatchInfo.Capture(e));
        }

        return (count, null);
    }

    private void Check()
    {
        if (_version.Size is { } size && _file.Length != size)
        {
            throw NotTheVersion(Texts.ContentLengthWrong, _file.Length, size);
        }

        string sha1 = _file.TakeSha1();
        if (_version.Sha1 is { } expected && !expected.Equals(sha1, StringComparison.OrdinalIgnoreCase))
        {
            throw NotTheVersion(Texts.ContentHashWrong, sha1, expected);
        }
    }

    private FileVersionException NotTheVersion(string text, object came, object expected) =>
        _transport.Explain(_exchange, new InvalidDataException(string.Format(CultureInfo.CurrentCulture, text, came, expected)), timeIsUp: false)!;
}
