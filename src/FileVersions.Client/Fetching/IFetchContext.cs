namespace FileVersions.Fetching;

/// <summary>The context of one file's work in an <see cref="OrderedFetcher{TItem}"/>.</summary>
/// <typeparam name="TItem">The type of the items that the work produces.</typeparam>
public interface IFetchContext<TItem> : IRequestContext
{
    /// <summary>Appends a page of items to the file's output.</summary>
    void Emit(IReadOnlyList<TItem> items);

    /// <summary>Reports an error about a part of the work, such as one of many folders. The work continues.</summary>
    void Fail(FileVersionException error);
}
