namespace FileVersions.Fetching;

/// <summary>Shortcuts for work in an <see cref="OrderedFetcher{TItem}"/>.</summary>
public static class FetchContextExtensions
{
    /// <summary>Waits for a request slot, runs an operation and emits its result.</summary>
    /// <typeparam name="TItem">The type of the result.</typeparam>
    /// <param name="context">The context of the work.</param>
    /// <param name="operation">The operation. It holds one request slot, even if it sends several requests one after the other.</param>
    /// <param name="cancellationToken">Cancels the wait or the operation.</param>
    public static async Task EmitAsync<TItem>(
        this IFetchContext<TItem> context, Func<CancellationToken, Task<TItem>> operation, CancellationToken cancellationToken) =>
        context.Emit([await context.RequestAsync(operation, cancellationToken).ConfigureAwait(false)]);
}
