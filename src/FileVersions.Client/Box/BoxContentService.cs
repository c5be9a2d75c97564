using System.Text.Json;
using FileVersions.Http;
using FileVersions.Services;

namespace FileVersions.Box;

/// <summary>
/// Locates contents in Box, which redirects to an address that is valid for 15 minutes. While it prepares the content, Box answers with
/// 202 and the time to wait.
/// </summary>
/// <param name="connection">The account.</param>
public sealed class BoxContentService(BoxConnection connection) : IContentService
{
    private static readonly string[] s_fields = ["name", "size", "sha1", "created_at", "modified_at"];

    private readonly BoxClient _client = new(connection);
    private readonly LocationClassifier _classifier = new(connection.SignIn);

    /// <inheritdoc/>
    public ServiceConnection Connection => connection;

    /// <inheritdoc/>
    public async Task<VersionToSave> CompleteAsync(VersionToSave version, Action<string>? log, CancellationToken cancellationToken)
    {
        if (version is { Name: not null, Sha1: not null })
        {
            return version;
        }

        var options = new VersionReadOptions { Fields = s_fields };
        BoxFileVersion found = await _client
            .GetVersionAsync(version.FileId, version.VersionId, options, log, cancellationToken).ConfigureAwait(false);
        return version with { Name = found.Name, Size = found.Size, Sha1 = found.Sha1, Date = found.ModifiedAt ?? found.CreatedAt };
    }

    /// <inheritdoc/>
    public async Task<ContentLocation> LocateAsync(VersionToSave version, bool renew, Action<string>? log, CancellationToken cancellationToken)
    {
        string path = $"{BoxClient.FilePath(BoxWebAddress.ParseFileId(version.FileId))}/content?version={ServiceAddress.Segment(version.VersionId)}";
        var request = new ServiceRequest(HttpMethod.Get, path, version.FileId, version.VersionId) { Classifier = _classifier, Log = log };
        Uri location = await connection.Requests.SendAsync(
            request,
            (ServiceResponse response) => response.Headers.Location ?? throw new JsonException(Texts.SavingAddressMissing),
            cancellationToken).ConfigureAwait(false);
        return new ContentLocation(new Uri(connection.BaseUri, location));
    }

    private sealed class LocationClassifier(SignInKind signIn) : BoxNotReadyClassifier(signIn, Texts.BoxAdviceContentNotReady)
    {
        internal override bool IsSuccess(int status) => status == 302 || base.IsSuccess(status);
    }
}
