using FileVersions.Fetching;
using FileVersions.Http.Errors;
using FileVersions.Keeping;

namespace FileVersions.Services;

/// <summary>Lists versions and finds versions by time, with any service.</summary>
public static class VersionServiceExtensions
{
    /// <summary>Lists the versions of a file, to be read with <c>await foreach</c>.</summary>
    /// <param name="service">The service.</param>
    /// <param name="fileId">The file's id or web address.</param>
    /// <param name="options">Which versions; null for all that the service lists.</param>
    /// <param name="fetch">How to send the requests; null for the defaults.</param>
    public static ItemSequence<TVersion> ListVersionsAsync<TVersion>(
        this IVersionService<TVersion> service,
        string fileId,
        VersionListOptions? options = null,
        FetchOptions? fetch = null,
        CancellationToken cancellationToken = default)
        where TVersion : class, IFileVersion => service.ListVersionsAsync([fileId], options, fetch, cancellationToken);

    /// <summary>Lists the versions of many files concurrently, in the order of the files, to be read with <c>await foreach</c>.</summary>
    /// <param name="service">The service.</param>
    /// <param name="fileIds">The files' ids or web addresses. They are enumerated while versions are read.</param>
    /// <param name="options">Which versions of each file; null for all that the service lists.</param>
    /// <param name="fetch">How to send the requests; null for the defaults.</param>
    public static ItemSequence<TVersion> ListVersionsAsync<TVersion>(
        this IVersionService<TVersion> service,
        IEnumerable<string> fileIds,
        VersionListOptions? options = null,
        FetchOptions? fetch = null,
        CancellationToken cancellationToken = default)
        where TVersion : class, IFileVersion
    {
        options ??= new VersionListOptions();
        return new ItemSequence<TVersion>(
            fileIds, (fileId, context, stop) => service.FetchVersionsAsync(fileId, options, context, stop), fetch, cancellationToken);
    }

    /// <summary>Finds the version of a file that was in force at a time.</summary>
    /// <param name="service">The service.</param>
    /// <param name="fileId">The file's id or web address.</param>
    /// <param name="time">The time. A time in the future means the current version.</param>
    /// <param name="options">What to read; null for the defaults. <see cref="VersionReadOptions.Fields"/> is ignored.</param>
    /// <param name="fetch">How to send the requests; null for the defaults.</param>
    /// <returns>The version, or null if the file did not exist at that time.</returns>
    /// <exception cref="FileVersionException">
    /// The versions cannot be read, or their dates do not determine which was in force (<see cref="FileVersionErrorKind.AmbiguousHistory"/>).
    /// </exception>
    public static async Task<TVersion?> GetVersionAsOfAsync<TVersion>(
        this IVersionService<TVersion> service,
        string fileId,
        DateTimeOffset time,
        VersionReadOptions? options = null,
        FetchOptions? fetch = null,
        CancellationToken cancellationToken = default)
        where TVersion : class, IFileVersion
    {
        var found = new ItemSequence<TVersion>(
            [fileId], (id, context, stop) => service.FetchVersionAsOfAsync(id, time, options, context, stop), fetch, cancellationToken);
        List<TVersion> versions = await found.ToListAsync().ConfigureAwait(false);
        return versions.Count == 0 ? null : versions[0];
    }

    /// <summary>Lists the versions of a file as work of an <see cref="OrderedFetcher{TItem}"/>.</summary>
    /// <param name="service">The service.</param>
    /// <param name="fileId">The file's id or web address.</param>
    /// <param name="options">Which versions.</param>
    /// <param name="context">Provides request slots and receives the versions.</param>
    public static Task FetchVersionsAsync<TVersion>(
        this IVersionService<TVersion> service, string fileId, VersionListOptions options, IFetchContext<TVersion> context, CancellationToken cancellationToken)
        where TVersion : class, IFileVersion => service.ReadPagesAsync(fileId, options, context, context.Emit, cancellationToken);

    /// <summary>Finds the version that was in force at a time as work of an <see cref="OrderedFetcher{TItem}"/>.</summary>
    /// <param name="service">The service.</param>
    /// <param name="fileId">The file's id or web address.</param>
    /// <param name="time">The time. A time in the future means the current version.</param>
    /// <param name="options">What to read; null for the defaults. <see cref="VersionReadOptions.Fields"/> is ignored.</param>
    /// <param name="context">Provides request slots and receives the version, or a log line if the file did not exist.</param>
    public static async Task FetchVersionAsOfAsync<TVersion>(
        this IVersionService<TVersion> service,
        string fileId,
        DateTimeOffset time,
        VersionReadOptions? options,
        IFetchContext<TVersion> context,
        CancellationToken cancellationToken)
        where TVersion : class, IFileVersion
    {
        var list = new VersionListOptions { IncludeCurrent = true, FilePath = options?.FilePath };
        DateTimeOffset now = service.Connection.Clock.UtcNow;
        if (time >= now)
        {
            context.Emit([await context.RequestAsync(
                stop => service.GetCurrentVersionAsync(fileId, list, context.Log, stop), cancellationToken).ConfigureAwait(false)]);
            return;
        }

        var entries = new List<VersionEntry>();
        await service.ReadPagesAsync(fileId, list, context, Add, cancellationToken).ConfigureAwait(false);
        if (entries.Count > 0 && PointInTime.Find(entries, time, now, service.CreatedAtMeaning) is { } found)
        {
            context.Emit([(TVersion)found.Source!]);
        }
        else
        {
            context.Log?.Invoke(Texts.ServicesFileDidNotExist.FormatWith(DisplayText.OfId(fileId), time));
        }

        void Add(IReadOnlyList<TVersion> page)
        {
            foreach (TVersion version in page)
            {
                entries.Add(version.ToEntry());
            }
        }
    }

    internal static async Task ReadPagesAsync<TVersion>(
        this IVersionService<TVersion> service,
        string fileId,
        VersionListOptions options,
        IRequestContext context,
        Action<IReadOnlyList<TVersion>> use,
        CancellationToken cancellationToken)
        where TVersion : class, IFileVersion
    {
        IPageReader<TVersion> pages = service.OpenVersions(fileId, options, context, cancellationToken);
        try
        {
            while (await pages.NextAsync().ConfigureAwait(false) is { } page)
            {
                use(page);
            }
        }
        finally
        {
            await pages.CloseAsync().ConfigureAwait(false);
        }
    }
}
