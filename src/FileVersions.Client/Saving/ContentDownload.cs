using FileVersions.Http;
using FileVersions.Services;

namespace FileVersions.Saving;

/// <summary>Downloads the content of one version into a file and verifies it. Renews an expired address, and starts again once after wrong content.</summary>
internal sealed class ContentDownload(IContentService service, VersionToSave version, PartialFile file, TransferProgress progress, Action<string>? log)
{
    private static readonly ContentResponseClassifier s_classifier = new();

    /// <exception cref="FileVersionException">The content cannot be downloaded or written, or is not that of the version.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var receiver = new ContentReceiver(service.Connection, version, file, progress, log);
        long renewedAt = -1;
        bool hasRestarted = false;
        ContentLocation location = await service.LocateAsync(version, renew: false, log, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            try
            {
                while (!receiver.IsComplete)
                {
                    await ReceiveAsync(receiver, location, cancellationToken).ConfigureAwait(false);
                }

                receiver.Verify(location);
                return;
            }
            catch (FileVersionException e) when (MayBeExpired(e) && receiver.Furthest > renewedAt)
            {
                renewedAt = receiver.Furthest;
                location = await service.LocateAsync(version, renew: true, log, cancellationToken).ConfigureAwait(false);
            }
            catch (FileVersionException e) when (e.Kind == FileVersionErrorKind.InvalidResponse && !hasRestarted)
            {
                hasRestarted = true;
                receiver.Restart();
            }
        }
    }

    // An address is valid for 15 minutes in Box, and as long as its signature says in ImageKit. Afterwards, hosts answer differently.
    private static bool MayBeExpired(FileVersionException failure) => (int?)failure.StatusCode is 400 or 401 or 403 or 404 or 410;

    private async Task ReceiveAsync(ContentReceiver receiver, ContentLocation location, CancellationToken cancellationToken)
    {
        var request = new ServiceRequest(HttpMethod.Get, location.Address.AbsoluteUri, version.FileId, version.VersionId)
        {
            Classifier = s_classifier,
            PrepareRequest = receiver.PrepareRequest,
            Receive = (message, response, attemptToken) => receiver.ReceiveAsync(message, response, location, attemptToken),
            Log = log,
        };
        await service.Connection.Content.SendAsync(request, static (ServiceResponse _) => true, cancellationToken).ConfigureAwait(false);
    }
}
