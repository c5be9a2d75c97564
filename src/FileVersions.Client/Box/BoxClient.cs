using System.Collections;
using System.Text;
using System.Text.Json;
using FileVersions.Box.Listing;
using FileVersions.Box.Replies;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.Keeping;
using FileVersions.Services;

namespace FileVersions.Box;

/// <summary>File versions in Box.</summary>
/// <param name="connection">The account.</param>
public sealed class BoxClient(BoxConnection connection) : IVersionService<BoxFileVersion>
{
    /// <summary>The account.</summary>
    public BoxConnection Connection { get; } = connection;

    ServiceConnection IVersionService<BoxFileVersion>.Connection => Connection;

    /// <summary>A version came into force when it was created; promoting an old version creates a new one.</summary>
    public CreatedAtMeaning CreatedAtMeaning => CreatedAtMeaning.Start;

    /// <inheritdoc/>
    public string ParseFileId(string text) => BoxWebAddress.ParseFileId(text);

    /// <inheritdoc/>
    /// <remarks>
    /// Box's list contains past versions only, including those in the trash. If the file has more versions than Box can list, the error
    /// after the last page is <see cref="FileVersionErrorKind.ResultTruncated"/>.
    /// </remarks>
    public IPageReader<BoxFileVersion> OpenVersions(
        string fileId, VersionListOptions options, IRequestContext context, CancellationToken cancellationToken)
    {
        string id = ParseFileId(fileId);
        ServiceAddress.Segment(id);
        options.Validate(id);
        return new VersionListing(this, id, options, context, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<BoxFileVersion> GetVersionAsync(
        string fileId, string versionId, VersionReadOptions? options = null, Action<string>? log = null, CancellationToken cancellationToken = default)
    {
        string id = ParseFileId(fileId);
        string path = $"{VersionPath(id, versionId)}?fields={BoxFields.ForVersion(options?.Fields)}";
        BoxFileVersion version = await SendAsync(HttpMethod.Get, path, id, versionId, BoxVersionReplies.ReadVersion, log, cancellationToken).ConfigureAwait(false);
        return Complete(version, id, options?.FilePath);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Box reports only some facts with the file itself. The others, such as the creation date, come from the current version's own
    /// record; they are null if Box refuses to return it.
    /// </remarks>
    public async Task<BoxFileVersion> GetCurrentVersionAsync(
        string fileId, VersionReadOptions? options = null, Action<string>? log = null, CancellationToken cancellationToken = default)
    {
        string id = ParseFileId(fileId);
        string path = $"{FilePath(id)}?fields={BoxFields.ForFile(options?.Fields)}";
        BoxFileVersion current = await SendAsync(HttpMethod.Get, path, id, null, BoxVersionReplies.ReadCurrentVersion, log, cancellationToken).ConfigureAwait(false);
        if (!BoxFields.AreSharedWithFile(options?.Fields))
        {
            try
            {
                BoxFileVersion record = await GetVersionAsync(id, current.VersionId!, options, log, cancellationToken).ConfigureAwait(false);
                current = record.VersionId == current.VersionId ? record : current;
            }
            catch (FileVersionException e) when (e.Kind
                is FileVersionErrorKind.AccessDenied or FileVersionErrorKind.FileVersionNotFound or FileVersionErrorKind.InvalidRequest)
            {
                log?.Invoke(Texts.BoxCurrentVersionIncomplete.FormatWith(ErrorText.Subject(id, current.VersionId), e.Message));
            }
        }

        current.IsCurrent = true;
        return Complete(current, id, options?.FilePath);
    }

    /// <inheritdoc/>
    /// <remarks>Box puts a copy of the version, with its name, on top of the others and gives it a new id.</remarks>
    public Task<BoxFileVersion> RestoreVersionAsync(
        string fileId, string versionId, RestoreOptions? options = null, Action<string>? log = null, CancellationToken cancellationToken = default) =>
        new BoxRestore(this, ParseFileId(fileId), versionId, options ?? new RestoreOptions(), log).RunAsync(cancellationToken);

    /// <summary>Takes a version out of the trash. It returns to its place among the past versions.</summary>
    /// <param name="fileId">The file's id or web address.</param>
    /// <param name="versionId">The version's id.</param>
    /// <param name="options">What to read of the version; null for the defaults.</param>
    /// <param name="log">Receives log lines; null for no log.</param>
    public async Task<BoxFileVersion> RestoreFromTrashAsync(
        string fileId, string versionId, VersionReadOptions? options = null, Action<string>? log = null, CancellationToken cancellationToken = default)
    {
        string id = ParseFileId(fileId);
        string path = $"{VersionPath(id, versionId)}?fields={BoxFields.ForVersion(options?.Fields)}";
        BoxFileVersion version = await SendAsync(
            HttpMethod.Put, path, id, versionId, BoxVersionReplies.ReadVersion, log, cancellationToken, "{\"trashed_at\":null}").ConfigureAwait(false);
        version.IsCurrent = false;
        return Complete(version, id, options?.FilePath);
    }

    /// <inheritdoc/>
    /// <remarks>Succeeds if the version is in the trash already.</remarks>
    public async Task RemoveVersionAsync(string fileId, string versionId, Action<string>? log = null, CancellationToken cancellationToken = default)
    {
        string id = ParseFileId(fileId);
        try
        {
            await Connection.Requests.RemoveAsync(VersionPath(id, versionId), id, versionId, log, cancellationToken).ConfigureAwait(false);
        }
        catch (FileVersionException e) when (e is { Kind: FileVersionErrorKind.FileVersionNotFound, ServiceCode: "trashed" })
        {
            log?.Invoke(Texts.BoxAlreadyInTrash.FormatWith(ErrorText.Subject(id, versionId)));
        }
        catch (FileVersionException e) when (e.Kind == FileVersionErrorKind.AccessDenied)
        {
            string? reason = await ExplainHoldAsync(id, versionId, log, cancellationToken).ConfigureAwait(false);
            throw reason is null ? e : e.WithMessage(Texts.BoxVersionHeld.FormatWith(ErrorText.Subject(id, versionId), reason, e.Message));
        }
    }

    private async Task<string?> ExplainHoldAsync(string fileId, string versionId, Action<string>? log, CancellationToken cancellationToken)
    {
        try
        {
            BoxFileVersion version = await GetVersionAsync(
                fileId, versionId, new VersionReadOptions { Fields = BoxHold.Fields }, log, cancellationToken).ConfigureAwait(false);
            IReadOnlyDictionary<string, object?>? fields = version.GetAdditionalFields();
            return BoxHold.Explain(Map(fields, "retention"), Map(fields, "permissions"), Connection.Clock.UtcNow);
        }
        catch (FileVersionException e)
        {
            log?.Invoke(e.Message);
            return null;
        }

        static IDictionary? Map(IReadOnlyDictionary<string, object?>? fields, string name) =>
            fields is not null && fields.TryGetValue(name, out object? value) ? value as IDictionary : null;
    }

    /// <summary>Reads one page of the list of past versions.</summary>
    internal async Task<BoxVersionPage> GetPageAsync(
        string fileId, long offset, long limit, VersionReadOptions options, Action<string>? log, CancellationToken cancellationToken)
    {
        string path = FormattableString.Invariant($"{FilePath(fileId)}/versions?fields={BoxFields.ForVersion(options.Fields)}&limit={limit}&offset={offset}");
        BoxVersionPage page = await SendAsync(HttpMethod.Get, path, fileId, null, BoxVersionReplies.ReadPage, log, cancellationToken).ConfigureAwait(false);
        foreach (BoxFileVersion version in page.Entries!)
        {
            version.IsCurrent = false;
            Complete(version, fileId, options.FilePath);
        }

        return page;
    }

    /// <summary>Makes a copy of a version current, once: Box creates another copy for each request.</summary>
    internal async Task<BoxFileVersion> PromoteAsync(string fileId, string versionId, Action<string>? log, CancellationToken cancellationToken)
    {
        string path = $"{FilePath(fileId)}/versions/current?fields={BoxFields.ForVersion(null)}";
        string body = $"{{\"type\":\"file_version\",\"id\":\"{JsonEncodedText.Encode(versionId)}\"}}";
        BoxFileVersion current = await SendAsync(
            HttpMethod.Post, path, fileId, versionId, BoxVersionReplies.ReadVersion, log, cancellationToken, body).ConfigureAwait(false);
        current.IsCurrent = true;
        return Complete(current, fileId, null);
    }

    internal static StringContent CreateJson(string body) => new(body, Encoding.UTF8, "application/json");

    internal static string FilePath(string fileId) => $"{BoxConnection.ApiPath}/files/{ServiceAddress.Segment(fileId)}";

    private static string VersionPath(string fileId, string versionId) => $"{FilePath(fileId)}/versions/{ServiceAddress.Segment(versionId)}";

    private BoxFileVersion Complete(BoxFileVersion version, string fileId, string? filePath)
    {
        version.FileId = fileId;
        version.FilePath = filePath;
        version.Connection = Connection;
        return version;
    }

    private Task<T> SendAsync<T>(
        HttpMethod method,
        string path,
        string fileId,
        string? versionId,
        Func<ReadOnlyMemory<byte>, T> read,
        Action<string>? log,
        CancellationToken cancellationToken,
        string? body = null)
    {
        var request = new ServiceRequest(method, path, fileId, versionId)
        {
            CreateContent = body is null ? null : _ => CreateJson(body),
            IsIdempotent = method != HttpMethod.Post,
            Log = log,
        };
        return Connection.Requests.SendAsync(request, read, cancellationToken);
    }
}
