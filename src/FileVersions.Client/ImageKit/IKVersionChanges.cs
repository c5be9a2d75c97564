using System;
using System.Globalization;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Fetching;
using FileVersions.Http;

namespace FileVersions.ImageKit;

/// <summary>Changes of versions in ImageKit.</summary>
public sealed class IKVersionChanges
{
    private readonly ServiceTransport _transport;

    /// <summary>Makes it for an account.</summary>
    /// <param name="connection">The account.</param>
    public IKVersionChanges(IKConnection connection) => _transport = new ServiceTransport(connection);

    /// <summary>Makes a version the current one, and puts out what is current now.</summary>
    /// <param name="fileId">The file's id.</param>
    /// <param name="versionId">The version's id.</param>
    /// <param name="context">Through which the request goes.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="FileVersionException">It failed.</exception>
    public async Task RestoreAsync(string fileId, string versionId, IFetchContext<IKFileVersion> context, CancellationToken cancellationToken)
    {
        var request = new ServiceRequest(HttpMethod.Put, IKClient.VersionPath(fileId, versionId) + "/restore", fileId, versionId) { Log = context.Log };
        IKFileVersion current = await context.RequestAsync(
            stop => _transport.SendAsync(request, IKClient.ReadVersion, stop), cancellationToken).ConfigureAwait(false);
        current.FileId ??= fileId;
        context.Emit([current]);
    }

    /// <summary>Removes a past version for good.</summary>
    /// <param name="fileId">The file's id.</param>
    /// <param name="versionId">The version's id.</param>
    /// <param name="context">Through which the request goes.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="FileVersionException">It failed, for example because it is the current version.</exception>
    public async Task RemoveAsync(string fileId, string versionId, IFetchContext<IKFileVersion> context, CancellationToken cancellationToken)
    {
        string path = IKClient.VersionPath(fileId, versionId);
        try
        {
            await context.RequestAsync(
                stop => _transport.RemoveAsync(path, fileId, versionId, null, context.Log, stop), cancellationToken).ConfigureAwait(false);
        }
        catch (FileVersionException e) when (IsRefusedAsCurrent(e))
        {
            throw e.Reworded(string.Format(CultureInfo.CurrentCulture, Texts.IKCurrentNotRemoved, ErrorTexts.Subject(fileId, versionId)));
        }
    }

    private static bool IsRefusedAsCurrent(FileVersionException failure) =>
        (int?)failure.StatusCode == 400 && failure.ServiceMessage?.IndexOf("current version", StringComparison.OrdinalIgnoreCase) >= 0;
}
