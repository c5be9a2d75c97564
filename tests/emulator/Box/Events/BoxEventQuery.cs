namespace FileVersions.Emulator.Box;

/// <summary>The event query of a request.</summary>
/// <param name="Position">The position of the first event to read.</param>
/// <param name="After">The earliest time, inclusive; null for no limit.</param>
/// <param name="Before">The latest time, inclusive; null for no limit.</param>
/// <param name="Types">The event types; empty for all.</param>
/// <param name="Limit">The largest number of events to return.</param>
internal sealed record BoxEventQuery(int Position, DateTimeOffset? After, DateTimeOffset? Before, IReadOnlySet<string> Types, int Limit);
