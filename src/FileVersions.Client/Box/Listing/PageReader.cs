using System.Net;
using FileVersions.Box.Replies;

namespace FileVersions.Box.Listing;

/// <summary>Reads ranges of a version list. Box may return fewer positions than requested, so a range may take several requests.</summary>
/// <param name="getPage">Sends a request for an offset and a limit.</param>
/// <param name="listStart">The first position of the list that is wanted.</param>
internal sealed class PageReader(Func<long, long, CancellationToken, Task<BoxVersionPage>> getPage, long listStart)
{
    /// <summary>
    /// Reads a range. If Box returns fewer positions than requested, it continues if the whole range is wanted; otherwise the range ends there.
    /// </summary>
    internal async Task<PageContent> ReadAsync(PageRange range, bool whole, CancellationToken cancellationToken)
    {
        var versions = new List<BoxFileVersion>();
        var content = new PageContent(range, versions);
        long position = range.Start;
        bool isComplete = false;
        while (!isComplete)
        {
            long offset = Math.Min(position, PagePlan.MaxOffset);
            long limit = Math.Min(range.End - offset, PagePlan.MaxPageSize);
            BoxVersionPage page;
            try
            {
                page = await getPage(offset, limit, cancellationToken).ConfigureAwait(false);
            }
            catch (FileVersionException e) when (offset == PagePlan.MaxOffset && e.StatusCode == HttpStatusCode.BadRequest)
            {
                // Some of Box's documentation says that the maximum offset itself is refused.
                content = content with { Reachable = position > listStart ? position : PagePlan.MaxOffset };
                break;
            }

            // The page at the maximum offset may start before the range. Only positions before the list itself can be left out safely:
            // where pages have gaps, the position of a version within its page is unknown.
            List<BoxFileVersion> found = page.Entries!;
            int skipped = (int)Math.Max(0, Math.Min(listStart, offset + found.Count) - offset);
            versions.AddRange(skipped == 0 ? found : found.GetRange(skipped, found.Count - skipped));
            long accepted = page.Limit is > 0 and { } reported ? Math.Min(reported, limit) : limit;
            content = content with
            {
                Total = page.TotalCount,
                RepeatsEarlier = content.RepeatsEarlier || Math.Max(offset, listStart) < position,
                AcceptedLimit = accepted < limit && offset < PagePlan.MaxOffset ? accepted : content.AcceptedLimit,
                Reachable = accepted < limit && offset == PagePlan.MaxOffset ? offset + accepted : content.Reachable,
            };

            // Advance by the limit in the response, because the page may contain fewer versions.
            position = Math.Max(position + 1, offset + accepted);
            isComplete = !whole || position >= Math.Min(range.End, content.Reachable ?? range.End) || position >= content.Total;
        }

        return whole ? content : content with { Range = new PageRange(range.Start, position) };
    }
}
