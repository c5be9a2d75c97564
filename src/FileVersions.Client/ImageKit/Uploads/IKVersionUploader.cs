using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.ImageKit.Replies;
using FileVersions.Services;

namespace FileVersions.ImageKit.Uploads;

/// <summary>
/// Adds versions to files in ImageKit. An upload names the folder and the name of a file, not its id, so a file whose name ImageKit would change
/// cannot get a version.
/// </summary>
/// <param name="connection">The account.</param>
public sealed class IKVersionUploader(IKConnection connection) : IVersionUploader<IKFileVersion>
{
    /// <inheritdoc/>
    public ServiceConnection Connection => connection;

    /// <inheritdoc/>
    public async Task<IUploadTarget<IKFileVersion>> OpenAsync(VersionToAdd version, long size, Action<string>? log, CancellationToken cancellationToken)
    {
        IKFileVersion file = await ReadDetailsAsync(connection, version.FileId, log, cancellationToken).ConfigureAwait(false);
        if (file.Name is null || file.FilePath is null || file.IsCurrent == false)
        {
            throw new ErrorContext(connection, version.FileId, versionId: null).InvalidResponse(Texts.ImageKitDetailsIncomplete);
        }

        return file.Name.All(IsKept)
            ? new IKUploadTarget(connection, version, file, log)
            : throw ErrorFactory.ForFile(
                FileVersionErrorKind.InvalidRequest, version.FileId, versionId: null, Texts.ImageKitNameNotUploadable, DisplayText.Of(file.FilePath));
    }

    /// <summary>Reads a file as its current version.</summary>
    internal static async Task<IKFileVersion> ReadDetailsAsync(IKConnection connection, string fileId, Action<string>? log, CancellationToken cancellationToken)
    {
        var request = new ServiceRequest(HttpMethod.Get, IKClient.FilePath(fileId) + "/details", fileId) { Log = log };
        IKFileVersion file = await connection.Requests.SendAsync(request, IKReplies.ReadVersion, cancellationToken).ConfigureAwait(false);
        file.FileId ??= fileId;
        file.Connection = connection;
        return file;
    }

    // ImageKit replaces all other characters by an underscore.
    private static bool IsKept(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '-' or '_';
}
