using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Box;
using FileVersions.Fetching;
using FileVersions.ImageKit;

namespace FileVersions;

/// <summary>
/// Lists the versions of many files in a <c>foreach</c>: several requests at once, results in the order of the ids. Leaving the
/// loop early ends the requests that are under way.
/// </summary>
public static class VersionReader
{
    private const int DefaultThrottleLimit = 8;

    /// <summary>Lists the versions of files in Box.</summary>
    /// <param name="client">The account.</param>
    /// <param name="fileIds">The files' ids or their addresses on Box's web pages; read as the results are taken.</param>
    /// <param name="list">Which versions of each file; null for all past ones.</param>
    /// <param name="request">What to ask for; null for every documented field.</param>
    /// <param name="throttleLimit">How many requests run at once.</param>
    /// <param name="cancellationToken">Ends everything, with <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// Pages of versions, warnings, log lines, and for each file that failed its <see cref="FileVersionException"/>, after what
    /// could be had of it. The others go on; where <see cref="FileVersionException.ConcernsAccount"/> they fail alike.
    /// </returns>
    public static IEnumerable<FetchEvent<BoxFileVersion>> ListVersions(
        this BoxClient client,
        IEnumerable<string> fileIds,
        BoxListOptions? list = null,
        BoxRequestOptions? request = null,
        int throttleLimit = DefaultThrottleLimit,
        CancellationToken cancellationToken = default)
    {
        list ??= new BoxListOptions();
        request ??= new BoxRequestOptions();
        return Read<BoxFileVersion>(
            fileIds, (id, context, stop) => client.ListVersionsAsync(id, list, request, context, stop), throttleLimit, cancellationToken);
    }

    /// <summary>Lists the versions of files in ImageKit.</summary>
    /// <param name="client">The account.</param>
    /// <param name="fileIds">The files' ids; read as the results are taken.</param>
    /// <param name="list">Which versions of each file; null for all, the current one too.</param>
    /// <param name="throttleLimit">How many requests run at once.</param>
    /// <param name="cancellationToken">Ends everything, with <see cref="OperationCanceledException"/>.</param>
    /// <returns>As for Box; each file's versions are one page.</returns>
    public static IEnumerable<FetchEvent<IKFileVersion>> ListVersions(
        this IKClient client,
        IEnumerable<string> fileIds,
        IKListOptions? list = null,
        int throttleLimit = DefaultThrottleLimit,
        CancellationToken cancellationToken = default)
    {
        list ??= new IKListOptions();
        return Read<IKFileVersion>(
            fileIds, (id, context, stop) => client.ListVersionsAsync(id, list, context, stop), throttleLimit, cancellationToken);
    }

    private static IEnumerable<FetchEvent<TItem>> Read<TItem>(
        IEnumerable<string> fileIds,
        Func<string, IFetchContext<TItem>, CancellationToken, Task> work,
        int throttleLimit,
        CancellationToken cancellationToken)
    {
        using var fetcher = new OrderedFetcher<TItem>(throttleLimit, cancellationToken);
        FetchEvent<TItem> next;
        foreach (string fileId in fileIds)
        {
            while (!fetcher.HasRoom && fetcher.Take(Timeout.InfiniteTimeSpan, out next) == TakeResult.Taken)
            {
                yield return next;
            }

            fetcher.Add(fileId, (context, stop) => work(fileId, context, stop));
            while (fetcher.TryTake(out next))
            {
                yield return next;
            }
        }

        while (fetcher.Take(Timeout.InfiniteTimeSpan, out next) == TakeResult.Taken)
        {
            yield return next;
        }
    }
}
