using System;
using System.Collections.Generic;

namespace FileVersions.Fetching;

/// <summary>What comes out of an <see cref="OrderedFetcher{TItem}"/>: one of items, an error, a warning, a log line.</summary>
/// <typeparam name="TItem">What is fetched.</typeparam>
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

    /// <summary>What the work was added with, such as the file's id.</summary>
    public object Target { get; }

    /// <summary>A page of items, or null.</summary>
    public IReadOnlyList<TItem>? Items { get; }

    /// <summary>Why the work on this target ended early, or null.</summary>
    public Exception? Error { get; }

    /// <summary>A warning, or null.</summary>
    public string? Warning { get; }

    /// <summary>A line for the log, or null.</summary>
    public string? Log { get; }

    internal static FetchEvent<TItem> OfItems(object target, IReadOnlyList<TItem> items) => new(target, items, null, null, null);

    internal static FetchEvent<TItem> OfError(object target, Exception error) => new(target, null, error, null, null);

    internal static FetchEvent<TItem> OfWarning(object target, string text) => new(target, null, null, text, null);

    internal static FetchEvent<TItem> OfLog(object target, string text) => new(target, null, null, null, text);
}
