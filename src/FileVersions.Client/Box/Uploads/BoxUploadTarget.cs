using System.Globalization;
using System.Text;
using System.Text.Json;
using FileVersions.Box.Replies;
using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.Json;
using FileVersions.Services;

namespace FileVersions.Box.Uploads;

/// <summary>A file in Box that gets a new version.</summary>
/// <param name="client">The account.</param>
/// <param name="fileId">The file's id.</param>
/// <param name="version">The version to add.</param>
/// <param name="size">The size of its content in bytes.</param>
/// <param name="before">The file before the upload.</param>
/// <param name="log">Receives log lines; null for no log.</param>
internal sealed class BoxUploadTarget(BoxClient client, string fileId, VersionToAdd version, long size, BoxFile before, Action<string>? log)
    : IUploadTarget<BoxFileVersion>
{
    // A session with more parts is not Box's.
    private const int MaxParts = 1_000_000;

    // Box accepts sessions for files of 20,000,000 bytes or more.
    public long MaxRequestSize => 20_000_000;

    public async Task<BoxFileVersion?> FindSameAsync(UploadContent content, CancellationToken cancellationToken)
    {
        if (HasName(before.Name) && (before.Size is null || before.Size == content.Size) && before.Sha1 is { } sha1
            && sha1.Equals(await content.GetSha1Async(cancellationToken).ConfigureAwait(false), StringComparison.OrdinalIgnoreCase))
        {
            return await GetCurrentAsync(cancellationToken).ConfigureAwait(false);
        }

        // Box also checks the tag, but only after the whole content has been sent.
        return version.ETag is null || version.ETag == before.ETag
            ? null
            : throw ErrorFactory.ForFile(
                FileVersionErrorKind.Conflict, fileId, versionId: null, Texts.BoxETagDiffers, DisplayText.Of(before.ETag), DisplayText.Of(version.ETag));
    }

    public async Task<BoxFileVersion> SendAsync(UploadContent content, CancellationToken cancellationToken)
    {
        string sha1 = await content.GetSha1Async(cancellationToken).ConfigureAwait(false);
        KeyValuePair<string, string>[] fields = [new("attributes", WriteJson(json => WriteAttributes(json, version.Name ?? before.Name)))];
        var request = new ServiceRequest(HttpMethod.Post, BoxUploadAddress.Of(client.Connection, $"/files/{ServiceAddress.Segment(fileId)}/content"), fileId)
        {
            CreateContent = message => UploadForm.Create(fields, content, message),
            PrepareRequest = http =>
            {
                // The name of the header is historical.
                http.Content!.Headers.TryAddWithoutValidation("Content-MD5", ToLower(sha1));
                AddIfMatch(http);
            },
            IsIdempotent = false,
            Log = log,
        };
        return await AddOnceAsync(request, sha1, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IUploadSession<BoxFileVersion>> OpenSessionAsync(CancellationToken cancellationToken)
    {
        string body = WriteJson(json =>
        {
            json.WriteNumber("file_size", size);
            WriteIfKnown(json, "file_name", version.Name);
        });
        var request = new ServiceRequest(
            HttpMethod.Post, BoxUploadAddress.Of(client.Connection, $"/files/{ServiceAddress.Segment(fileId)}/upload_sessions"), fileId)
        {
            CreateContent = _ => BoxClient.CreateJson(body),
            Log = log,
        };
        BoxUploadSession session = await client.Connection.Uploads.SendAsync(request, ReadSession, cancellationToken).ConfigureAwait(false);
        return new BoxPartUpload(this, client.Connection, fileId, size, session, log);
    }

    /// <summary>Sends the request that creates the version, and verifies the result by the SHA-1 in hexadecimal digits.</summary>
    internal async Task<BoxFileVersion> AddOnceAsync(ServiceRequest request, string sha1, CancellationToken cancellationToken)
    {
        BoxFile added = await ChangeOnce.RunAsync(
            () => client.Connection.Uploads.SendAsync(request, BoxFileReplies.ReadUploadedFile, cancellationToken),
            FindAddedAsync,
            client.Connection,
            cancellationToken).ConfigureAwait(false);

        // A damaged version exists already; sending the content again would create another one.
        return added.Sha1 is null || IsSame(added.Sha1)
            ? await GetAddedAsync(added.CurrentVersionId, cancellationToken).ConfigureAwait(false)
            : throw new ErrorContext(client.Connection, fileId, added.CurrentVersionId).InvalidResponse(Texts.BoxUploadDamaged.FormatWith(added.Sha1, sha1));

        async Task<BoxFile?> FindAddedAsync()
        {
            BoxFile now = await BoxVersionUploader.ReadFileAsync(client.Connection, fileId, log, cancellationToken).ConfigureAwait(false);
            return now.CurrentVersionId != before.CurrentVersionId && HasName(now.Name) && IsSame(now.Sha1) ? now : null;
        }

        bool IsSame(string? other) => sha1.Equals(other, StringComparison.OrdinalIgnoreCase);
    }

    internal void WriteAttributes(Utf8JsonWriter json, string? name)
    {
        WriteIfKnown(json, "name", name);
        if (version.ModifiedAt is { } date)
        {
            json.WriteString("content_modified_at", date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        }
    }

    internal bool HasAttributes => version.ModifiedAt is not null;

    internal void AddIfMatch(HttpRequestMessage request)
    {
        if (version.ETag is { } tag)
        {
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        }
    }

    internal static string WriteJson(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(JsonBytes.WriteObject(write));

    private static void WriteIfKnown(Utf8JsonWriter json, string field, string? value)
    {
        if (value is not null)
        {
            json.WriteString(field, value);
        }
    }

    private static string ToLower(string hex)
    {
#pragma warning disable CA1308 // Box's own SDKs send lower-case digits.
        return hex.ToLowerInvariant();
#pragma warning restore CA1308
    }

    private BoxUploadSession ReadSession(ReadOnlyMemory<byte> reply)
    {
        BoxUploadSession session = BoxUploadReplies.ReadSession(reply);
        return session.PartSize <= int.MaxValue && size / session.PartSize < MaxParts
            ? session
            : throw new JsonException(Texts.BoxPartSizeInvalid.FormatWith(session.PartSize));
    }

    // A new name may come without new content.
    private bool HasName(string? name) => version.Name is null || version.Name == name;

    private async Task<BoxFileVersion> GetAddedAsync(string? versionId, CancellationToken cancellationToken)
    {
        if (versionId is not null)
        {
            try
            {
                BoxFileVersion added = await client.GetVersionAsync(fileId, versionId, null, log, cancellationToken).ConfigureAwait(false);
                added.IsCurrent = true;
                return added.AtPath(version.FilePath);
            }
            catch (FileVersionException e) when (e.Kind
                is FileVersionErrorKind.AccessDenied or FileVersionErrorKind.FileVersionNotFound or FileVersionErrorKind.InvalidRequest)
            {
                // Box may refuse to return the record of the current version. The file itself has most of its facts.
                log?.Invoke(e.Message);
            }
        }

        return await GetCurrentAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<BoxFileVersion> GetCurrentAsync(CancellationToken cancellationToken) =>
        (await client.GetCurrentVersionAsync(fileId, null, log, cancellationToken).ConfigureAwait(false)).AtPath(version.FilePath);
}
