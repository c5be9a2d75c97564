using System.Globalization;
using FileVersions.Box.Replies;
using FileVersions.Fetching;
using FileVersions.Http;

namespace FileVersions.Box.Finding;

/// <summary>Finds the files that were changed in a period, in the event log of the enterprise. The account must be an administrator's.</summary>
/// <param name="connection">The account.</param>
public sealed class BoxChangeFinder(BoxConnection connection)
{
    private const int PageSize = 500;

    // Whether a new version of an existing file is an UPLOAD or an EDIT is not documented.
    private const string EventTypes = "UPLOAD,EDIT,RENAME,UNDELETE,FILE_VERSION_RESTORE";

    private readonly BoxFileFinder _files = new(connection);

    /// <summary>
    /// Finds the files that were uploaded, edited, restored or renamed, as work of an <see cref="OrderedFetcher{TItem}"/>. Each file is
    /// returned once, as it is now and in the order of its first change. A file that has since been deleted is only logged.
    /// </summary>
    /// <param name="query">Which changes.</param>
    /// <param name="filter">Selects the files to return; null for all.</param>
    /// <param name="context">Provides request slots and receives the files.</param>
    public async Task FindFilesAsync(BoxChangeQuery query, Func<BoxFile, bool>? filter, IFetchContext<BoxFile> context, CancellationToken cancellationToken)
    {
        var seen = new SeenIds();
        string? position = null;
        while (true)
        {
            string? from = position;
            BoxEventPage page = await context.RequestAsync(stop => GetPageAsync(query, from, context.Log, stop), cancellationToken).ConfigureAwait(false);
            context.Emit([]);
            List<string> changed =
            [
                .. page.Events!.Where(entry => entry.Source is { Type: "file", Id: not null } && IsBy(entry.CreatedBy, query.ChangedBy))
                    .Select(static entry => entry.Source!.Id!)
                    .Where(seen.Add),
            ];
            await ReadFilesAsync(changed, filter, context, cancellationToken).ConfigureAwait(false);
            if (page.ChunkSize == 0 || page.NextPosition is null || page.NextPosition == position)
            {
                return;
            }

            position = page.NextPosition;
        }
    }

    private static bool IsBy(BoxUser? user, string? wanted) =>
        wanted is null || wanted == user?.Id || wanted.Equals(user?.Login, StringComparison.OrdinalIgnoreCase);

    private async Task ReadFilesAsync(
        List<string> fileIds, Func<BoxFile, bool>? filter, IFetchContext<BoxFile> context, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = new Queue<Task<BoxFile?>>();
        int next = 0;
        try
        {
            while (next < fileIds.Count || reading.Count > 0)
            {
                while (next < fileIds.Count && reading.Count < 2 * context.ThrottleLimit)
                {
                    string fileId = fileIds[next++];
                    reading.Enqueue(context.RequestAsync(inner => ReadFileAsync(fileId, context, inner), stop.Token));
                }

                BoxFile? file = await reading.Dequeue().ConfigureAwait(false);
                context.Emit(file is not null && filter?.Invoke(file) != false ? [file] : []);
            }
        }
        finally
        {
            stop.Cancel();
            foreach (Task<BoxFile?> file in reading)
            {
                await file.WhenEndedAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<BoxFile?> ReadFileAsync(string fileId, IFetchContext<BoxFile> context, CancellationToken cancellationToken)
    {
        try
        {
            return await _files.GetFileAsync(fileId, context.Log, cancellationToken).ConfigureAwait(false);
        }
        catch (FileVersionException e) when (e.Kind == FileVersionErrorKind.FileVersionNotFound)
        {
            context.Log?.Invoke(Texts.BoxChangedFileDeleted.FormatWith(fileId));
            return null;
        }
        catch (FileVersionException e) when (!e.IsAccountError)
        {
            context.Fail(e);
            return null;
        }
    }

    private async Task<BoxEventPage> GetPageAsync(BoxChangeQuery query, string? position, Action<string>? log, CancellationToken cancellationToken)
    {
        string path = $"{BoxConnection.ApiPath}/events?stream_type=admin_logs&event_type={EventTypes}&limit={PageSize}&created_after={Format(query.After)}";
        path += query.Before is { } before ? "&created_before=" + Format(before) : string.Empty;
        path += position is null ? string.Empty : "&stream_position=" + Uri.EscapeDataString(position);
        var request = new ServiceRequest(HttpMethod.Get, path) { Subject = Texts.BoxEventsSubject, Log = log };
        try
        {
            return await connection.Requests.SendAsync(request, BoxEventReplies.ReadPage, cancellationToken).ConfigureAwait(false);
        }
        catch (FileVersionException e) when (e.Kind == FileVersionErrorKind.AccessDenied)
        {
            throw e.WithSentence(Texts.BoxEventsDenied);
        }
    }

    private static string Format(DateTimeOffset time) =>
        Uri.EscapeDataString(time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}
