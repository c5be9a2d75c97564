using FileVersions.Fetching;

namespace FileVersions.UnitTests.Support;

/// <summary>All output of a fetch, in order.</summary>
internal sealed class Listing<TItem>(IReadOnlyList<FetchEvent<TItem>> events)
{
    internal IReadOnlyList<FetchEvent<TItem>> Events { get; } = events;

    internal IReadOnlyList<TItem> Items => [.. Events.SelectMany(next => next.Items ?? [])];

    internal IReadOnlyList<string> Warnings => [.. Events.Where(next => next.Warning is not null).Select(next => next.Warning!)];

    internal IReadOnlyList<FileVersionException> Errors => [.. Events.Where(next => next.Error is not null).Select(next => (FileVersionException)next.Error!)];
}
