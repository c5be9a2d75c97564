using System;
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.Http.Pipeline;
using FileVersions.Services;

namespace FileVersions.Saving;

/// <summary>
/// Downloads the content of one version into a file and verifies it. A download that was cut is resumed if the server supports that and
/// the content is certain to be the same; otherwise it starts again.
/// </summary>
internal sealed class ContentDownload
{
    private static readonly ContentResponseClassifier s_classifier = new();

    private readonly IContentService _service;
    private readonly VersionToSave _version;
    private readonly PartialFile _file;
    private readonly ContentReceiver _receiver;
    private readonly Action<string>? _log;

    internal ContentDownload(IContentService service, VersionToSave version, PartialFile file, SaveProgress progress, Action<string>? log)
    {
        _service = service;
        _version = version;
        _file = file;
        _receiver = new ContentReceiver(version, file, progress, log);
        _log = log;
    }

    /// <summary>Downloads the content.</summary>
    /// <exception cref="FileVersionException">The content cannot be downloaded or written, or is not that of the version.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        long renewedAt = -1;
        bool hasRestarted = false;
        ContentLocation? location = null;
        while (true)
        {
            location ??= await _service.LocateAsync(_version, renewedAt >= 0, _log, cancellationToken).ConfigureAwait(false);
            try
            {
                while (!_receiver.IsComplete)
                {
                    await ReceiveAsync(location, cancellationToken).ConfigureAwait(false);
                }

                Verify(location);
                return;
            }
            catch (FileVersionException e) when (MayBeExpired(e) && renewedAt < _receiver.Furthest)
            {
                // Renew the address once, and again only if the download made progress since.
                renewedAt = _receiver.Furthest;
                location = null;
            }
            catch (FileVersionException e) when (e.Kind == FileVersionErrorKind.InvalidResponse && !hasRestarted)
            {
                hasRestarted = true;
                _receiver.Restart();
            }
        }
    }

    // An address is valid for 15 minutes in Box, and as long as its signature says in ImageKit. Afterwards, hosts answer differently.
    private static bool MayBeExpired(FileVersionException failure) => (int?)failure.StatusCode is 400 or 401 or 403 or 404 or 410;

    private async Task ReceiveAsync(ContentLocation location, CancellationToken cancellationToken)
    {
        var request = new ServiceRequest(HttpMethod.Get, location.Address.AbsoluteUri, _version.FileId, _version.VersionId)
        {
            Classifier = s_classifier,
            PrepareRequest = _receiver.PrepareRequest,
            Receive = ReceiveResponseAsync,
            Log = _log,
        };
        await _service.Connection.Content.SendAsync(request, static (ServiceResponse _) => true, cancellationToken).ConfigureAwait(false);

        async Task ReceiveResponseAsync(PipelineMessage message, HttpResponseMessage response, CancellationToken stop)
        {
            try
            {
                await _receiver.ReceiveAsync(message, response, stop).ConfigureAwait(false);
            }
            catch (InvalidDataException e) when (location.MismatchAdvice is { } advice)
            {
                throw new InvalidDataException($"{e.Message} {advice}");
            }
        }
    }

    private void Verify(ContentLocation location)
    {
        string? sha1 = _file.TakeSha1();
        if (_version.Sha1 is { } expected && !expected.Equals(sha1, StringComparison.OrdinalIgnoreCase))
        {
            throw new ErrorContext(_service.Connection, _version.FileId, _version.VersionId).InvalidResponse(
                string.Format(CultureInfo.CurrentCulture, Texts.SavingHashWrong, sha1, expected), location.MismatchAdvice);
        }
    }
}
