using FileVersions.Box.Replies;
using FileVersions.Http;
using FileVersions.Services;

namespace FileVersions.Box.Uploads;

/// <summary>Adds versions to files in Box.</summary>
/// <param name="connection">The account.</param>
public sealed class BoxVersionUploader(BoxConnection connection) : IVersionUploader<BoxFileVersion>
{
    private const string FileFields = "name,size,sha1,etag,file_version";

    private readonly BoxClient _client = new(connection);

    /// <inheritdoc/>
    public ServiceConnection Connection => connection;

    /// <inheritdoc/>
    public async Task<IUploadTarget<BoxFileVersion>> OpenAsync(VersionToAdd version, long size, Action<string>? log, CancellationToken cancellationToken)
    {
        string fileId = BoxWebAddress.ParseFileId(version.FileId);
        BoxFile file = await ReadFileAsync(connection, fileId, log, cancellationToken).ConfigureAwait(false);
        return new BoxUploadTarget(_client, fileId, version, size, file, log);
    }

    /// <summary>Reads what an upload needs to know about a file.</summary>
    internal static Task<BoxFile> ReadFileAsync(BoxConnection connection, string fileId, Action<string>? log, CancellationToken cancellationToken)
    {
        var request = new ServiceRequest(HttpMethod.Get, $"{BoxClient.FilePath(fileId)}?fields={FileFields}", fileId) { Log = log };
        return connection.Requests.SendAsync(request, BoxFileReplies.ReadFile, cancellationToken);
    }
}
