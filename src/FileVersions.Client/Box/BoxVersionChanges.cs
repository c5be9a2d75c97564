using System;
using System.Globalization;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Fetching;
using FileVersions.Http;

namespace FileVersions.Box;

/// <summary>Changes of versions in Box: to the top, to the trash and back.</summary>
public sealed class BoxVersionChanges
{
    private readonly ServiceTransport _transport;
    private readonly string? _asUser;

    /// <summary>Makes it for an account.</summary>
    /// <param name="connection">The account.</param>
    /// <param name="asUser">The user to act for; null for the one of the account.</param>
    public BoxVersionChanges(BoxConnection connection, string? asUser)
    {
        _transport = new ServiceTransport(connection);
        _asUser = connection.UserFor(asUser);
    }

    /// <summary>
    /// Puts a copy of a version on top, which Box gives an id of its own, and puts out that copy. Not sent again when the outcome is
    /// unknown: each time makes one more version.
    /// </summary>
    /// <param name="fileId">The file's id or its address on Box's web pages.</param>
    /// <param name="versionId">The version's id.</param>
    /// <param name="context">Through which the request goes.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="FileVersionException">It failed, or nobody knows.</exception>
    public async Task PromoteAsync(string fileId, string versionId, IFetchContext<BoxFileVersion> context, CancellationToken cancellationToken)
    {
        string id = BoxFileId.Parse(fileId);
        ServiceAddress.Segment(versionId);
        string path = $"{BoxClient.FilePath(id)}/versions/current?fields={BoxFields.ForVersion(null)}";
        var request = new ServiceRequest(HttpMethod.Post, path, id, versionId)
        {
            AsUser = _asUser,
            JsonBody = $"{{\"type\":\"{BoxWire.VersionType}\",\"id\":\"{JsonEncodedText.Encode(versionId)}\"}}",
            IsRepeatable = false,
            Log = context.Log,
        };
        BoxFileVersion current;
        try
        {
            current = await context.RequestAsync(
                stop => _transport.SendAsync(request, BoxClient.ReadVersion, stop), cancellationToken).ConfigureAwait(false);
        }
        catch (FileVersionException e) when (MayHaveHappened(e))
        {
            throw e.Reworded(string.Format(CultureInfo.CurrentCulture, Texts.PromoteUncertain, e.Message));
        }

        current.FileId = id;
        current.IsCurrent = true;
        context.Emit([current]);
    }

    /// <summary>Brings a version back from the trash to its place among the past versions, and puts it out.</summary>
    /// <param name="fileId">The file's id or its address on Box's web pages.</param>
    /// <param name="versionId">The version's id.</param>
    /// <param name="context">Through which the request goes.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="FileVersionException">It failed.</exception>
    public async Task RestoreFromTrashAsync(string fileId, string versionId, IFetchContext<BoxFileVersion> context, CancellationToken cancellationToken)
    {
        string id = BoxFileId.Parse(fileId);
        var request = new ServiceRequest(HttpMethod.Put, BoxClient.VersionPath(id, versionId), id, versionId)
        {
            AsUser = _asUser,
            JsonBody = "{\"trashed_at\":null}",
            Log = context.Log,
        };
        BoxFileVersion version = await context.RequestAsync(
            stop => _transport.SendAsync(request, BoxClient.ReadVersion, stop), cancellationToken).ConfigureAwait(false);
        version.FileId = id;
        version.IsCurrent = false;
        context.Emit([version]);
    }

    /// <summary>Moves a past version to the trash.</summary>
    /// <param name="fileId">The file's id or its address on Box's web pages.</param>
    /// <param name="versionId">The version's id.</param>
    /// <param name="context">Through which the request goes.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="FileVersionException">It failed.</exception>
    public Task RemoveAsync(string fileId, string versionId, IFetchContext<BoxFileVersion> context, CancellationToken cancellationToken)
    {
        string id = BoxFileId.Parse(fileId);
        string path = BoxClient.VersionPath(id, versionId);
        return context.RequestAsync(stop => _transport.RemoveAsync(path, id, versionId, _asUser, context.Log, stop), cancellationToken);
    }

    // A reply that says no says so; silence, a cut and a server's own failure say nothing.
    private static bool MayHaveHappened(FileVersionException failure) => failure.Kind
        is FileVersionErrorKind.ConnectionFailed
        or FileVersionErrorKind.RequestTimedOut
        or FileVersionErrorKind.ServiceUnavailable
        or FileVersionErrorKind.InvalidResponse;
}
