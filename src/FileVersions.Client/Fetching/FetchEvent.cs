namespace FileVersions.Fetching;

/// <summary>One output of an <see cref="OrderedFetcher{TItem}"/>: items, an error, a warning or a log line. The other properties are null.</summary>
/// <typeparam name="TItem">The type of the items.</typeparam>
/// <param name="Target">The target that the work was added with, such as a file id.</param>
public readonly record struct FetchEvent<TItem>(object Target)
{
    /// <summary>A page of items.</summary>
    public IReadOnlyList<TItem>? Items { get; init; }

    /// <summary>The error of the work, or of a part of it.</summary>
    public Exception? Error { get; init; }

    /// <summary>A warning.</summary>
    public string? Warning { get; init; }

    /// <summary>A log line.</summary>
    public string? Log { get; init; }
}
