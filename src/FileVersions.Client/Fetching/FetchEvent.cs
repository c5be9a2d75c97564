namespace FileVersions.Fetching;

/// <summary>One output of an <see cref="OrderedFetcher{TItem}"/>: items, an error, a warning or a log line.</summary>
/// <typeparam name="TItem">The type of the items.</typeparam>
public readonly struct FetchEvent<TItem>
{
    private FetchEvent(object target, IReadOnlyList<TItem>? items, Exception? error, string? warning, string? log)
    {
        Target = target;
        Items = items;
        Error = error;
        Warning = warning;
        Log = log;
    }

    /// <summary>The target that the work was added with, such as a file id.</summary>
    public object Target { get; }

    /// <summary>A page of items, or null.</summary>
    public IReadOnlyList<TItem>? Items { get; }

    /// <summary>The error that ended the work on this target, or null.</summary>
    public Exception? Error { get; }

    /// <summary>A warning, or null.</summary>
    public string? Warning { get; }

    /// <summary>A log line, or null.</summary>
    public string? Log { get; }

    internal static FetchEvent<TItem> OfItems(object target, IReadOnlyList<TItem> items) => new(target, items, null, null, null);

    internal static FetchEvent<TItem> OfError(object target, Exception error) => new(target, null, error, null, null);

    internal static FetchEvent<TItem> OfWarning(object target, string text) => new(target, null, null, text, null);

    internal static FetchEvent<TItem> OfLog(object target, string text) => new(target, null, null, null, text);
}
