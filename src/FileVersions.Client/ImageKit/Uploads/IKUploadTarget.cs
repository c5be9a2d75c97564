using System.Net;
using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.ImageKit.Replies;
using FileVersions.Services;

namespace FileVersions.ImageKit.Uploads;

/// <summary>A file in ImageKit that gets a new version.</summary>
/// <param name="connection">The account.</param>
/// <param name="version">The version to add.</param>
/// <param name="before">The file as it was before.</param>
/// <param name="log">Receives log lines; null for no log.</param>
internal sealed class IKUploadTarget(IKConnection connection, VersionToAdd version, IKFileVersion before, Action<string>? log) : IUploadTarget<IKFileVersion>
{
    private const string ApiPath = "/api/v1/files/upload";

    private static readonly Uri s_uploadHost = new("https://upload.imagekit.io");

    // ImageKit does not accept parts.
    public long MaxRequestSize => long.MaxValue;

    private string Address => connection.BaseUri.IsDefaultPort && connection.BaseUri.Host.Equals(IKConnection.DefaultBaseUri.Host, StringComparison.OrdinalIgnoreCase)
        ? s_uploadHost.GetLeftPart(UriPartial.Authority) + ApiPath
        : ApiPath;

    // ImageKit provides no checksum, so a current content of the same size is downloaded and compared.
    public async Task<IKFileVersion?> FindSameAsync(UploadContent content, CancellationToken cancellationToken) =>
        await HasContentAsync(before, content, cancellationToken).ConfigureAwait(false) ? Complete(before) : null;

    public Task<IKFileVersion> SendAsync(UploadContent content, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> fields = CreateFields();
        var request = new ServiceRequest(HttpMethod.Post, Address, version.FileId)
        {
            CreateContent = message => UploadForm.Create(fields, content, message),
            IsIdempotent = false,
            Log = log,
        };
        return ChangeOnce.RunAsync(AddAsync, FindAddedAsync, connection, cancellationToken);

        async Task<IKFileVersion> AddAsync()
        {
            IKFile? uploaded = await connection.Uploads.SendAsync(request, ReadUploaded, cancellationToken).ConfigureAwait(false);
            if (uploaded is not null && uploaded.FileId != before.FileId)
            {
                throw AnotherFile(uploaded);
            }

            return Complete(await IKVersionUploader.ReadDetailsAsync(connection, version.FileId, log, cancellationToken).ConfigureAwait(false));
        }

        async Task<IKFileVersion?> FindAddedAsync()
        {
            IKFileVersion now = await IKVersionUploader.ReadDetailsAsync(connection, version.FileId, log, cancellationToken).ConfigureAwait(false);
            bool isNew = now.VersionName != before.VersionName || now.UpdatedAt != before.UpdatedAt;
            return isNew && await HasContentAsync(now, content, cancellationToken).ConfigureAwait(false) ? Complete(now) : null;
        }
    }

    public Task<IUploadSession<IKFileVersion>> OpenSessionAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    // While a video is being prepared, the reply has only a message.
    private static IKFile? ReadUploaded(ServiceResponse response) =>
        response.StatusCode == HttpStatusCode.Accepted ? null : IKReplies.ReadFile(response.Body);

    /// <summary>The fields that name the file and keep what an upload would reset.</summary>
    private List<KeyValuePair<string, string>> CreateFields()
    {
        string path = before.FilePath!;
        var fields = new List<KeyValuePair<string, string>>
        {
            new("fileName", before.Name!),
            new("folder", path.Substring(0, path.LastIndexOf('/') + 1)),
            new("useUniqueFileName", "false"),
            new("overwriteTags", "false"),
            new("overwriteAITags", "false"),
            new("overwriteCustomMetadata", "false"),
        };
        Add("isPrivateFile", Text(before.IsPrivateFile));
        Add("isPublished", Text(before.IsPublished));
        Add("customCoordinates", before.CustomCoordinates);
        Add("description", before.Description);
        return fields;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                fields.Add(new(name, value!));
            }
        }
    }

    private static string? Text(bool? value) => value is { } flag ? (flag ? "true" : "false") : null;

    private IKFileVersion Complete(IKFileVersion current)
    {
        current.FilePath ??= version.FilePath;
        return current;
    }

    private async Task<bool> HasContentAsync(IKFileVersion current, UploadContent content, CancellationToken cancellationToken)
    {
        if (current.Size != content.Size || !Uri.TryCreate(current.Url, UriKind.Absolute, out Uri? address))
        {
            return false;
        }

        string expected = await content.GetSha1Async(cancellationToken).ConfigureAwait(false);
        try
        {
            string? delivered = await IKDeliveredContent.ComputeSha1Async(
                connection, address, content.Size, version.FileId, log, cancellationToken).ConfigureAwait(false);
            return expected.Equals(delivered, StringComparison.OrdinalIgnoreCase);
        }
        catch (FileVersionException e) when (!e.IsAccountError)
        {
            log?.Invoke(Texts.ImageKitContentNotComparable.FormatWith(ErrorText.Subject(version.FileId, null), e.Message));
            return false;
        }
    }

    private FileVersionException AnotherFile(IKFile uploaded) => ErrorFactory.ForFile(
        FileVersionErrorKind.Conflict,
        version.FileId,
        versionId: null,
        Texts.ImageKitUploadMadeAnotherFile,
        DisplayText.OfId(uploaded.FileId),
        DisplayText.Of(uploaded.FilePath ?? uploaded.Name));
}
