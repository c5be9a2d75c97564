using System.Net;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.ImageKit.Replies;
using FileVersions.Keeping;
using FileVersions.Services;

namespace FileVersions.ImageKit;

/// <summary>File versions in ImageKit.</summary>
/// <param name="connection">The account.</param>
public sealed class IKClient(IKConnection connection) : IVersionService<IKFileVersion>
{
    /// <summary>The account.</summary>
    public IKConnection Connection { get; } = connection;

    ServiceConnection IVersionService<IKFileVersion>.Connection => Connection;

    /// <summary>ImageKit does not document what its dates mean.</summary>
    public CreatedAtMeaning CreatedAtMeaning => CreatedAtMeaning.StartOrEnd;

    /// <inheritdoc/>
    public string ParseFileId(string text) => text;

    /// <inheritdoc/>
    /// <remarks>ImageKit returns all versions, at most 100 and including the current one, in one response. Offset and limit are applied here.</remarks>
    public IPageReader<IKFileVersion> OpenVersions(
        string fileId, VersionListOptions options, IRequestContext context, CancellationToken cancellationToken)
    {
        ServiceAddress.Segment(fileId);
        options.Validate(fileId);
        return new VersionListing(this, fileId, options, context, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IKFileVersion> GetVersionAsync(
        string fileId, string versionId, VersionReadOptions? options = null, Action<string>? log = null, CancellationToken cancellationToken = default) =>
        Complete(
            await SendAsync(HttpMethod.Get, VersionPath(fileId, versionId), fileId, versionId, IKReplies.ReadVersion, log, cancellationToken).ConfigureAwait(false),
            fileId,
            options?.FilePath);

    /// <inheritdoc/>
    public async Task<IKFileVersion> GetCurrentVersionAsync(
        string fileId, VersionReadOptions? options = null, Action<string>? log = null, CancellationToken cancellationToken = default)
    {
        List<IKFileVersion> versions = await GetVersionsAsync(fileId, options, log, cancellationToken).ConfigureAwait(false);
        return FindCurrent(versions, fileId);
    }

    /// <inheritdoc/>
    public async Task<IKFileVersion> RestoreVersionAsync(
        string fileId, string versionId, RestoreOptions? options = null, Action<string>? log = null, CancellationToken cancellationToken = default)
    {
        options ??= new RestoreOptions();
        var read = new VersionReadOptions { FilePath = options.FilePath };
        List<IKFileVersion> versions = await GetVersionsAsync(fileId, read, log, cancellationToken).ConfigureAwait(false);
        IKFileVersion current = FindCurrent(versions, fileId);

        // The id of the current version stays when a new version is uploaded. Only the name identifies a content.
        IKFileVersion target = versions.Find(version => options.VersionName is { } name ? version.VersionName == name : version.VersionId == versionId)
            ?? throw ErrorFactory.ForFile(
                FileVersionErrorKind.FileVersionNotFound, fileId, options.VersionName ?? versionId, Texts.ImageKitVersionNotFound);
        if (IsSame(target, current) && !options.Force)
        {
            return current;
        }

        string targetId = target.VersionId ?? versionId;
        string path = VersionPath(fileId, targetId) + "/restore";
        return await ChangeOnce.RunAsync(RestoreAsync, FindRestoredAsync, Connection, cancellationToken).ConfigureAwait(false);

        async Task<IKFileVersion> RestoreAsync() => Complete(
            await SendAsync(HttpMethod.Put, path, fileId, targetId, IKReplies.ReadVersion, log, cancellationToken).ConfigureAwait(false), fileId, options.FilePath);

        async Task<IKFileVersion?> FindRestoredAsync()
        {
            IKFileVersion now = await GetCurrentVersionAsync(fileId, read, log, cancellationToken).ConfigureAwait(false);
            return target.VersionName is { } name ? (now.VersionName == name ? now : null) : (now.VersionId == targetId ? now : null);
        }
    }

    /// <inheritdoc/>
    /// <remarks>ImageKit has no trash: the version is deleted permanently.</remarks>
    public async Task RemoveVersionAsync(string fileId, string versionId, Action<string>? log = null, CancellationToken cancellationToken = default)
    {
        try
        {
            await Connection.Requests.RemoveAsync(VersionPath(fileId, versionId), fileId, versionId, log, cancellationToken).ConfigureAwait(false);
        }
        catch (FileVersionException e) when (IsRefusedAsCurrent(e))
        {
            throw e.WithMessage(Texts.ImageKitCurrentVersionNotRemoved.FormatWith(ErrorText.Subject(fileId, versionId)));
        }
    }

    private static bool IsRefusedAsCurrent(FileVersionException failure) =>
        failure.StatusCode == HttpStatusCode.BadRequest && failure.ServiceMessage?.IndexOf("current version", StringComparison.OrdinalIgnoreCase) >= 0;

    private static bool IsSame(IKFileVersion one, IKFileVersion other) => one.VersionId == other.VersionId && one.VersionName == other.VersionName;

    private static IKFileVersion FindCurrent(List<IKFileVersion> versions, string fileId) =>
        versions.Find(static version => version.IsCurrent == true)
            ?? throw ErrorFactory.ForFile(FileVersionErrorKind.InvalidResponse, fileId, versionId: null, Texts.ImageKitCurrentVersionMissing);

    internal static string FilePath(string fileId) => $"{IKConnection.ApiPath}/files/{ServiceAddress.Segment(fileId)}";

    private static string VersionsPath(string fileId) => $"{FilePath(fileId)}/versions";

    private static string VersionPath(string fileId, string versionId) => $"{VersionsPath(fileId)}/{ServiceAddress.Segment(versionId)}";

    private async Task<List<IKFileVersion>> GetVersionsAsync(
        string fileId, VersionReadOptions? options, Action<string>? log, CancellationToken cancellationToken)
    {
        List<IKFileVersion> versions = await SendAsync(
            HttpMethod.Get, VersionsPath(fileId), fileId, null, IKReplies.ReadVersions, log, cancellationToken).ConfigureAwait(false);
        versions.ForEach(version => Complete(version, fileId, options?.FilePath));
        return versions;
    }

    private IKFileVersion Complete(IKFileVersion version, string fileId, string? filePath)
    {
        version.FileId ??= fileId;
        version.FilePath ??= filePath;
        version.Connection = Connection;
        return version;
    }

    private Task<T> SendAsync<T>(
        HttpMethod method, string path, string fileId, string? versionId, Func<ReadOnlyMemory<byte>, T> read, Action<string>? log, CancellationToken cancellationToken)
    {
        var request = new ServiceRequest(method, path, fileId, versionId) { IsIdempotent = method == HttpMethod.Get, Log = log };
        return Connection.Requests.SendAsync(request, read, cancellationToken);
    }

    /// <summary>The one page of a file's versions.</summary>
    private sealed class VersionListing(
        IKClient client, string fileId, VersionListOptions options, IRequestContext context, CancellationToken cancellationToken) : IPageReader<IKFileVersion>
    {
        private bool _isFinished = options.Limit == 0;

        public async Task<IReadOnlyList<IKFileVersion>?> NextAsync()
        {
            if (_isFinished)
            {
                return null;
            }

            _isFinished = true;
            List<IKFileVersion> versions = await context.RequestAsync(
                stop => client.GetVersionsAsync(fileId, options, context.Log, stop), cancellationToken).ConfigureAwait(false);
            int start = (int)Math.Min(options.Offset, versions.Count);
            return versions.GetRange(start, (int)Math.Min(options.Limit ?? long.MaxValue, versions.Count - start));
        }

        public Task CloseAsync() => Task.CompletedTask;
    }
}
