using System;
using System.Globalization;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Fetching;
using FileVersions.Http;

namespace FileVersions.Box;

/// <summary>Box's interface for file versions.</summary>
public sealed class BoxClient
{
    private readonly BoxConnection _connection;
    private readonly ServiceTransport _transport;

    /// <summary>Makes a client for an account.</summary>
    /// <param name="connection">The account.</param>
    public BoxClient(BoxConnection connection)
    {
        _connection = connection;
        _transport = new ServiceTransport(connection);
        BoxWire.Prepare();
    }

    /// <summary>Fetches one version, the current one or a past one.</summary>
    /// <param name="fileId">The file's id or its address on Box's web pages.</param>
    /// <param name="versionId">The version's id.</param>
    /// <param name="options">What to ask for.</param>
    /// <param name="context">Through which the request goes.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="FileVersionException">It cannot be had.</exception>
    public async Task GetVersionAsync(
        string fileId,
        string versionId,
        BoxRequestOptions options,
        IFetchContext<BoxFileVersion> context,
        CancellationToken cancellationToken)
    {
        string id = BoxFileId.Parse(fileId);
        BoxFileVersion version = await context.RequestAsync(
            stop => GetOneAsync(id, versionId, options, context.Log, stop), cancellationToken).ConfigureAwait(false);
        context.Emit([version]);
    }

    /// <summary>Lists the versions of a file, pages at once where the service tells how many there are.</summary>
    /// <param name="fileId">The file's id or its address on Box's web pages.</param>
    /// <param name="list">Which versions.</param>
    /// <param name="options">What to ask for.</param>
    /// <param name="context">Through which the requests go and the versions come.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    /// <exception cref="FileVersionException">
    /// They cannot be had; <see cref="FileVersionErrorKind.ResultTruncated"/> when Box lists no more, after all that it lists.
    /// </exception>
    public Task ListVersionsAsync(
        string fileId,
        BoxListOptions list,
        BoxRequestOptions options,
        IFetchContext<BoxFileVersion> context,
        CancellationToken cancellationToken) =>
        new BoxVersionLister(this, BoxFileId.Parse(fileId), list, options, context).RunAsync(cancellationToken);

    internal async Task<BoxFileVersion> GetOneAsync(
        string fileId, string versionId, BoxRequestOptions options, Action<string> log, CancellationToken cancellationToken)
    {
        string path = $"{VersionPath(fileId, versionId)}?fields={BoxFields.ForVersion(options.Fields)}";
        BoxFileVersion version = await _transport
            .SendAsync(Request(path, fileId, versionId, options, log), ReadVersion, cancellationToken).ConfigureAwait(false);
        version.FileId = fileId;
        return version;
    }

    /// <param name="fileId">The file.</param>
    /// <param name="offset">The first position.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="options">What to ask for.</param>
    /// <param name="log">Told of each wait.</param>
    /// <param name="onTotal">Told how many versions the file has as soon as a reply that begins with that number comes in; once for each try.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    internal Task<BoxVersionPage> GetPageAsync(
        string fileId,
        long offset,
        long limit,
        BoxRequestOptions options,
        Action<string> log,
        Action<long>? onTotal,
        CancellationToken cancellationToken)
    {
        string path = string.Format(
            CultureInfo.InvariantCulture,
            "{0}/versions?fields={1}&limit={2}&offset={3}",
            FilePath(fileId),
            BoxFields.ForVersion(options.Fields),
            limit,
            offset);
        ServiceRequest request = Request(path, fileId, null, options, log, onTotal is null ? null : TellTotal);
        return _transport.SendAsync(request, body => ReadPage(body, fileId), cancellationToken);

        void TellTotal(ReadOnlyMemory<byte> beginning)
        {
            if (BoxWire.ReadLeadingTotal(beginning) is { } total)
            {
                onTotal(total);
            }
        }
    }

    internal Task<BoxFileVersion> GetCurrentVersionAsync(
        string fileId, BoxRequestOptions options, Action<string> log, CancellationToken cancellationToken)
    {
        string path = $"{FilePath(fileId)}?fields={BoxFields.ForFile(options.Fields)}";
        return _transport.SendAsync(Request(path, fileId, null, options, log), body => ReadCurrentVersion(body, fileId), cancellationToken);
    }

    internal static string VersionPath(string fileId, string versionId) => $"{FilePath(fileId)}/versions/{ServiceAddress.Segment(versionId)}";

    internal static string FilePath(string fileId) => $"{BoxConnection.ApiPath}/files/{ServiceAddress.Segment(fileId)}";

    internal static BoxVersionPage ReadPage(ReadOnlyMemory<byte> body, string fileId)
    {
        BoxVersionPage? page = BoxWire.ReadPage(body);
        if (page?.Entries is null)
        {
            throw new JsonException(Texts.EntriesMissing);
        }

        foreach (BoxFileVersion? version in page.Entries)
        {
            if (version is not { VersionId.Length: > 0 })
            {
                throw new JsonException(Texts.EntryInvalid);
            }

            version.FileId = fileId;
            version.IsCurrent = false;
        }

        return page;
    }

    internal static BoxFileVersion ReadVersion(ReadOnlyMemory<byte> body) =>
        BoxWire.ReadVersion(body) is { VersionId.Length: > 0 } version
            ? version
            : throw new JsonException(Texts.VersionMissing);

    internal static BoxFileVersion ReadCurrentVersion(ReadOnlyMemory<byte> body, string fileId)
    {
        BoxFile? file = BoxWire.ReadFile(body);
        BoxFileVersion version = file?.ToCurrentVersion() ?? throw new JsonException(Texts.VersionMissing);
        version.FileId = fileId;
        return version;
    }

    private ServiceRequest Request(
        string path,
        string fileId,
        string? versionId,
        BoxRequestOptions options,
        Action<string> log,
        Action<ReadOnlyMemory<byte>>? takesBeginning = null) =>
        new(HttpMethod.Get, path, fileId, versionId)
        {
            AsUser = _connection.UserFor(options.AsUser),
            TakesBeginning = takesBeginning,
            Log = log,
        };
}
