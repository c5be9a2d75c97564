using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Fetching;
using FileVersions.Http;

namespace FileVersions.ImageKit;

/// <summary>ImageKit's interface for file versions.</summary>
public sealed class IKClient
{
    private readonly ServiceTransport _transport;

    /// <summary>Makes a client for an account.</summary>
    /// <param name="connection">The account.</param>
    public IKClient(IKConnection connection)
    {
        _transport = new ServiceTransport(connection);
        IKWire.Prepare();
    }

    /// <summary>Fetches one version.</summary>
    /// <param name="fileId">The file's id.</param>
    /// <param name="versionId">The version's id.</param>
    /// <param name="context">Through which the request goes.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="FileVersionException">It cannot be had.</exception>
    public async Task GetVersionAsync(
        string fileId, string versionId, IFetchContext<IKFileVersion> context, CancellationToken cancellationToken)
    {
        IKFileVersion version = await context.RequestAsync(
            stop => GetOneAsync(fileId, versionId, context.Log, stop), cancellationToken).ConfigureAwait(false);
        context.Emit([version]);
    }

    /// <summary>Lists the versions of a file, in one request, in the service's order. The current one is among them.</summary>
    /// <param name="fileId">The file's id.</param>
    /// <param name="list">Which versions.</param>
    /// <param name="context">Through which the request goes and the versions come.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="FileVersionException">They cannot be had.</exception>
    public async Task ListVersionsAsync(
        string fileId, IKListOptions list, IFetchContext<IKFileVersion> context, CancellationToken cancellationToken)
    {
        string path = VersionsPath(fileId);
        if (list.Limit == 0)
        {
            return;
        }

        List<IKFileVersion> versions = await context.RequestAsync(
            stop => _transport.SendAsync(Request(path, fileId, null, context.Log), ReadVersions, stop),
            cancellationToken).ConfigureAwait(false);
        int start = (int)Math.Min(list.Offset, versions.Count);
        int count = (int)Math.Min(list.Limit ?? long.MaxValue, versions.Count - start);
        var window = new List<IKFileVersion>(count);
        foreach (IKFileVersion version in versions.GetRange(start, count))
        {
            version.FileId ??= fileId;
            window.Add(version);
        }

        context.Emit(window);
    }

    internal async Task<IKFileVersion> GetOneAsync(string fileId, string versionId, Action<string> log, CancellationToken cancellationToken)
    {
        IKFileVersion version = await _transport
            .SendAsync(Request(VersionPath(fileId, versionId), fileId, versionId, log), ReadVersion, cancellationToken).ConfigureAwait(false);
        version.FileId ??= fileId;
        return version;
    }

    internal static string VersionPath(string fileId, string versionId) => $"{VersionsPath(fileId)}/{ServiceAddress.Segment(versionId)}";

    private static string VersionsPath(string fileId) => $"{IKConnection.ApiPath}/files/{ServiceAddress.Segment(fileId)}/versions";

    private static ServiceRequest Request(string path, string fileId, string? versionId, Action<string> log) =>
        new(HttpMethod.Get, path, fileId, versionId) { Log = log };

    internal static List<IKFileVersion> ReadVersions(ReadOnlyMemory<byte> body) =>
        IKWire.ReadVersions(body) ?? throw new JsonException(Texts.EntriesMissing);

    internal static IKFileVersion ReadVersion(ReadOnlyMemory<byte> body) =>
        IKWire.ReadVersion(body) ?? throw new JsonException(Texts.VersionMissing);
}
