namespace FileVersions.Fetching;

/// <summary>Reads a list page by page. The consumer asks for each page; the reader may request pages ahead.</summary>
/// <typeparam name="TItem">The type of the items.</typeparam>
public interface IPageReader<TItem>
{
    /// <summary>Reads the next page.</summary>
    /// <returns>The next items, or null at the end of the list.</returns>
    /// <exception cref="FileVersionException">The list cannot be read, or not completely. All pages that could be read have been returned.</exception>
    Task<IReadOnlyList<TItem>?> NextAsync();

    /// <summary>Cancels the requests in flight and waits until they have ended.</summary>
    Task CloseAsync();
}
