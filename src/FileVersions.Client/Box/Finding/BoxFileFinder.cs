using System.Text.Json;
using FileVersions.Box.Replies;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.Services;

namespace FileVersions.Box.Finding;

/// <summary>Finds files in Box.</summary>
/// <param name="connection">The account.</param>
public sealed class BoxFileFinder(BoxConnection connection) : IFileFinder<BoxFile>
{
    /// <summary>The id of the root folder.</summary>
    public const string RootFolderId = BoxFileReplies.RootFolderId;

    private const int PageSize = 1000;

    /// <summary>The account.</summary>
    public BoxConnection Connection { get; } = connection;

    ServiceConnection IFileFinder<BoxFile>.Connection => Connection;

    /// <inheritdoc/>
    /// <remarks>A folder is named by its id or web address; the root is <see cref="RootFolderId"/>.</remarks>
    public Task FindFilesAsync(string folder, FindOptions<BoxFile> options, IFetchContext<BoxFile> context, CancellationToken cancellationToken)
    {
        string id = BoxWebAddress.ParseFolderId(folder);
        ServiceAddress.Segment(id);
        var seenFolders = new SeenIds();
        var seenFiles = new SeenIds();
        seenFolders.Add(id);
        return new TreeWalk<(string Id, int Depth), BoxFile>(context, ReadAsync, cancellationToken).RunAsync((id, 0));

        async Task<TreePage<(string Id, int Depth), BoxFile>> ReadAsync((string Id, int Depth) parent, string? marker, CancellationToken stop)
        {
            BoxFolderPage page = await GetPageAsync(parent.Id, marker, context.Log, stop).ConfigureAwait(false);
            var files = new List<BoxFile>(page.Files.Count);
            var folders = new List<(string Id, int Depth)>();

            // Pages arrive in any order, and a file that is moved during the walk may be listed in two folders.
            lock (seenFiles)
            {
                foreach (BoxFile file in page.Files)
                {
                    if (seenFiles.Add(file.FileId!) && options.Filter?.Invoke(file) != false)
                    {
                        files.Add(file);
                    }
                }

                foreach (BoxSubfolder child in page.Folders)
                {
                    // A folder may contain itself through a collaboration.
                    if (parent.Depth < (options.MaxDepth ?? int.MaxValue) && seenFolders.Add(child.Id))
                    {
                        folders.Add((child.Id, parent.Depth + 1));
                    }
                }
            }

            if (page.NextMarker is null)
            {
                options.FolderListed?.Invoke();
            }

            return new TreePage<(string Id, int Depth), BoxFile>(files, folders, page.NextMarker);
        }
    }

    /// <inheritdoc/>
    public async Task<BoxFile> GetFileAsync(string fileId, Action<string>? log, CancellationToken cancellationToken)
    {
        string id = BoxWebAddress.ParseFileId(fileId);
        string path = $"{BoxClient.FilePath(id)}?fields={BoxFields.File}";
        var request = new ServiceRequest(HttpMethod.Get, path, id) { Log = log };
        BoxFile file = await Connection.Requests.SendAsync(request, BoxFileReplies.ReadFile, cancellationToken).ConfigureAwait(false);
        file.Connection = Connection;
        return file;
    }

    /// <summary>Lists the subfolders of a folder by name, at most the first 1000.</summary>
    /// <param name="folder">The folder's id or web address.</param>
    /// <exception cref="FileVersionException">The request failed.</exception>
    public async Task<IReadOnlyList<BoxSubfolder>> ListFoldersAsync(string folder, CancellationToken cancellationToken = default)
    {
        string id = BoxWebAddress.ParseFolderId(folder);

        // Without a marker, Box lists folders before files.
        string path = $"{ItemsPath(id)}?fields=id,type,name&limit={PageSize}";
        return (await SendAsync(id, path, marker: null, log: null, cancellationToken).ConfigureAwait(false)).Folders;
    }

    private async Task<BoxFolderPage> GetPageAsync(string folderId, string? marker, Action<string>? log, CancellationToken cancellationToken)
    {
        // The offset form cannot list large folders; Box has no other limit on the pages of the marker form.
        string path = $"{ItemsPath(folderId)}?fields={BoxFields.File}&usemarker=true&limit={PageSize}";
        path += marker is null ? string.Empty : "&marker=" + Uri.EscapeDataString(marker);
        BoxFolderPage page = await SendAsync(folderId, path, marker, log, cancellationToken).ConfigureAwait(false);
        foreach (BoxFile file in page.Files)
        {
            file.Connection = Connection;
        }

        return page;
    }

    private static string ItemsPath(string folderId) => $"{BoxConnection.ApiPath}/folders/{ServiceAddress.Segment(folderId)}/items";

    private Task<BoxFolderPage> SendAsync(string folderId, string path, string? marker, Action<string>? log, CancellationToken cancellationToken)
    {
        var request = new ServiceRequest(HttpMethod.Get, path, folderId) { Subject = Texts.BoxFolderSubject.FormatWith(folderId), Log = log };
        return Connection.Requests.SendAsync(request, Read, cancellationToken);

        BoxFolderPage Read(ReadOnlyMemory<byte> response)
        {
            BoxFolderPage page = BoxFileReplies.ReadFolderPage(response);

            // The same page would be requested forever.
            return marker is not null && page.NextMarker == marker ? throw new JsonException(Texts.BoxMarkerRepeated) : page;
        }
    }
}
