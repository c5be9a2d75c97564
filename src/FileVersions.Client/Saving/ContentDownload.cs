using System;
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Http;
using FileVersions.Services;

namespace FileVersions.Saving;

/// <summary>
/// Downloads the content of one version into a file and verifies it. A download that was cut is resumed if the server supports that and
/// the content is certain to be the same; otherwise it starts again. Only consecutive failures without any progress count as retries.
/// </summary>
internal sealed class ContentDownload
{
    private readonly IContentService _service;
    private readonly ServiceConnection _connection;
    private readonly ServiceTransport _transport;
    private readonly VersionToSave _version;
    private readonly PartialFile _file;
    private readonly ContentReceiver _receiver;
    private readonly Action<string>? _log;
    private ServiceTransport.Exchange _exchange;

    internal ContentDownload(IContentService service, VersionToSave version, PartialFile file, SaveProgress progress, Action<string>? log)
    {
        _service = service;
        _connection = service.Connection;
        _transport = new ServiceTransport(_connection);
        _version = version;
        _file = file;
        _receiver = new ContentReceiver(_connection, version, file, progress, log);
        _log = log;
        _exchange = CreateExchange(1);
    }

    /// <summary>Downloads the content.</summary>
    /// <exception cref="FileVersionException">The content cannot be downloaded or written, or is not that of the version.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var retries = new RetryPlan(_connection.MaximumRetryCount);
        long furthest = 0;
        bool isAddressRenewed = false;
        bool hasRestarted = false;
        ContentLocation? location = null;
        while (true)
        {
            location ??= await _service.LocateAsync(_version, isAddressRenewed, _log, cancellationToken).ConfigureAwait(false);
            _exchange = CreateExchange(retries.Count + 1);
            FileVersionException failure;
            try
            {
                while (!_receiver.IsComplete)
                {
                    await ReceiveAsync(location, cancellationToken).ConfigureAwait(false);
                }

                Verify(location);
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
                isAddressRenewed = false;
            }

            if (!isAddressRenewed && MayBeExpired(failure))
            {
                isAddressRenewed = true;
                location = null;
                continue;
            }

            if (!hasRestarted && failure.Kind == FileVersionErrorKind.InvalidResponse)
            {
                hasRestarted = true;
                _receiver.Restart();
                continue;
            }

            TimeSpan delay = retries.WaitFor(failure.RetryAfter);
            if (!ServiceTransport.IsPassing(failure) || !retries.TryAgain(delay))
            {
                ExceptionDispatchInfo.Capture(failure).Throw();
            }

            _log?.Invoke(retries.Describe(delay, failure));
            await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Maps a status of the content's host. It says nothing about the account, because the request carries no credential.</summary>
    private static FileVersionErrorKind KindOf(int status) => status switch
    {
        401 or 403 => FileVersionErrorKind.AccessDenied,
        404 or 410 => FileVersionErrorKind.FileVersionNotFound,
        429 => FileVersionErrorKind.RateLimited,
        >= 500 => FileVersionErrorKind.ServiceUnavailable,
        _ => FileVersionErrorKind.InvalidRequest,
    };

    // An address is valid for 15 minutes in Box, and as long as its signature says in ImageKit. Afterwards, hosts answer differently.
    private static bool MayBeExpired(FileVersionException failure) => (int?)failure.StatusCode is 400 or 401 or 403 or 404 or 410;

    private async Task ReceiveAsync(ContentLocation location, CancellationToken cancellationToken)
    {
        // The timeout applies to each read: a large download may take as long as it needs.
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_connection.Timeout);
        try
        {
            await _receiver
                .ReceiveAsync(location.Address, (response, body) => _transport.CreateError(_exchange, response, body), timeout).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (InvalidDataException e) when (location.MismatchAdvice is { } advice)
        {
            throw CreateError($"{e.Message} {advice}");
        }
        catch (Exception e) when (_transport.Explain(_exchange, e, timeout.IsCancellationRequested) is { } failure)
        {
            throw failure;
        }
    }

    private void Verify(ContentLocation location)
    {
        string? sha1 = _file.TakeSha1();
        if (_version.Sha1 is { } expected && !expected.Equals(sha1, StringComparison.OrdinalIgnoreCase))
        {
            throw CreateError($"{string.Format(CultureInfo.CurrentCulture, Texts.SavingHashWrong, sha1, expected)} {location.MismatchAdvice}");
        }
    }

    private FileVersionException CreateError(string detail) => _transport.Explain(_exchange, new InvalidDataException(detail.TrimEnd()), timeIsUp: false)!;

    private ServiceTransport.Exchange CreateExchange(int attempt) =>
        new(new ServiceRequest(HttpMethod.Get, string.Empty, _version.FileId, _version.VersionId) { KindOf = KindOf }, attempt, new Redaction());
}
