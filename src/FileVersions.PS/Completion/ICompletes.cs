namespace FileVersions.PS.Completion;

/// <summary>A cmdlet whose account can list items, so that the Tab key can offer them.</summary>
internal interface ICompletes<TItem>
{
    /// <summary>Identifies the account that the items belong to.</summary>
    object CompletionAccount { get; }

    /// <summary>Lists the first items.</summary>
    /// <param name="parentId">The id of the object that contains the items, such as a file for its versions.</param>
    /// <param name="limit">The maximum number of items.</param>
    Task<IReadOnlyList<TItem>> ListForCompletionAsync(string parentId, int limit, CancellationToken cancellationToken);
}
