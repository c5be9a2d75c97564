using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.ImageKit.Replies;
using FileVersions.Services;

namespace FileVersions.ImageKit.Finding;

/// <summary>Finds files in ImageKit.</summary>
/// <param name="connection">The account.</param>
public sealed class IKFileFinder(IKConnection connection) : IFileFinder<IKFile>
{
    // ImageKit returns at most this many files in one response.
    private const int PageSize = 1000;

    /// <summary>The account.</summary>
    public IKConnection Connection { get; } = connection;

    ServiceConnection IFileFinder<IKFile>.Connection => Connection;

    /// <inheritdoc/>
    /// <remarks>
    /// A folder is named by its path, such as <c>/banners</c>. ImageKit lists one folder or all of its subfolders, so
    /// <see cref="FindOptions{TFile}.MaxDepth"/> is 0 or null.
    /// </remarks>
    public Task FindFilesAsync(string folder, FindOptions<IKFile> options, IFetchContext<IKFile> context, CancellationToken cancellationToken)
    {
        string filter = options.MaxDepth is null
            ? "searchQuery=" + Uri.EscapeDataString($"type = \"file\" AND path : {Quote(AsFolder(folder))}")
            : "type=file&path=" + Uri.EscapeDataString(AsFolder(folder));
        return FindAsync(filter, folder, options, context, cancellationToken);
    }

    /// <summary>Finds the files that match a query in ImageKit's search syntax, which is passed on unchanged.</summary>
    /// <param name="query">The query, such as <c>size > "1mb"</c>.</param>
    /// <param name="options">Which files to return.</param>
    /// <param name="context">Provides request slots and receives the files.</param>
    public Task SearchAsync(string query, IKFindOptions options, IFetchContext<IKFile> context, CancellationToken cancellationToken) =>
        FindAsync("searchQuery=" + Uri.EscapeDataString(query), query, options, context, cancellationToken);

    /// <inheritdoc/>
    public async Task<IKFile> GetFileAsync(string fileId, Action<string>? log, CancellationToken cancellationToken)
    {
        var request = new ServiceRequest(HttpMethod.Get, IKClient.FilePath(fileId) + "/details", fileId) { Log = log };
        IKFile file = await Connection.Requests.SendAsync(request, IKReplies.ReadFile, cancellationToken).ConfigureAwait(false);
        file.Connection = Connection;
        return file;
    }

    // The path with a slash at both ends.
    private static string AsFolder(string path) => path.Trim('/') is { Length: > 0 } inner ? $"/{inner}/" : "/";

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    private async Task FindAsync(
        string filter, string subject, FindOptions<IKFile> options, IFetchContext<IKFile> context, CancellationToken cancellationToken)
    {
        var selection = new Selection(options);
        if (selection.IsComplete)
        {
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pages = new Queue<Task<IKFilePage>>();
        long next = selection.FirstPosition;
        bool mayBeMore = true;
        try
        {
            // The total is unknown. A full first page justifies requesting several pages at once.
            for (int parallel = 1; mayBeMore; parallel = context.ThrottleLimit)
            {
                while (pages.Count < parallel && next < selection.EndPosition)
                {
                    long skip = next;
                    int limit = (int)Math.Min(PageSize, selection.EndPosition - skip);
                    pages.Enqueue(context.RequestAsync(inner => GetPageAsync(filter, subject, skip, limit, context.Log, inner), stop.Token));
                    next += limit;
                }

                if (pages.Count == 0)
                {
                    return;
                }

                IKFilePage page = await pages.Dequeue().ConfigureAwait(false);
                int known = selection.FilesSeen;
                context.Emit(selection.Take(page.Files));
                mayBeMore = page.Count >= PageSize && !selection.IsComplete;
                if (mayBeMore && page.Files.Count > 0 && selection.FilesSeen == known)
                {
                    // The service ignores the position, so the search would never end.
                    throw new ErrorContext(Connection, null, null, Texts.ImageKitFilesSubject.FormatWith(subject)).InvalidResponse(Texts.ImageKitPageRepeated);
                }
            }
        }
        finally
        {
            stop.Cancel();
            foreach (Task<IKFilePage> page in pages)
            {
                await page.WhenEndedAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<IKFilePage> GetPageAsync(
        string filter, string subject, long skip, int limit, Action<string>? log, CancellationToken cancellationToken)
    {
        // In the order of creation, files that are added during the search come at the end.
        string path = FormattableString.Invariant($"{IKConnection.ApiPath}/files?{filter}&sort=ASC_CREATED&limit={limit}&skip={skip}");
        var request = new ServiceRequest(HttpMethod.Get, path) { Subject = Texts.ImageKitFilesSubject.FormatWith(subject), Log = log };
        IKFilePage page = await Connection.Requests.SendAsync(request, IKReplies.ReadFiles, cancellationToken).ConfigureAwait(false);
        foreach (IKFile file in page.Files)
        {
            file.Connection = Connection;
        }

        return page;
    }

    /// <summary>Applies filter, offset and limit, and returns each file once.</summary>
    private sealed class Selection
    {
        private readonly FindOptions<IKFile> _options;
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private long _toSkip;
        private long _wanted;

        internal Selection(FindOptions<IKFile> options)
        {
            _options = options;
            _toSkip = (options as IKFindOptions)?.Offset ?? 0;
            _wanted = (options as IKFindOptions)?.Limit ?? long.MaxValue;

            // ImageKit can apply offset and limit only if nothing is filtered out here.
            if (options.Filter is null)
            {
                FirstPosition = _toSkip;
                EndPosition = _wanted > long.MaxValue - _toSkip ? long.MaxValue : _toSkip + _wanted;
                _toSkip = 0;
            }
        }

        internal long FirstPosition { get; }

        internal long EndPosition { get; } = long.MaxValue;

        internal bool IsComplete => _wanted == 0;

        internal int FilesSeen => _seen.Count;

        internal List<IKFile> Take(List<IKFile> files)
        {
            var taken = new List<IKFile>(files.Count);
            foreach (IKFile file in files)
            {
                if (_wanted == 0)
                {
                    break;
                }

                if ((file.FileId is { } id && !_seen.Add(id)) || _options.Filter?.Invoke(file) == false)
                {
                    continue;
                }

                if (_toSkip > 0)
                {
                    _toSkip--;
                    continue;
                }

                taken.Add(file);
                _wanted--;
            }

            return taken;
        }
    }
}
