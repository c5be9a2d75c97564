namespace FileVersions.Box.Finding;

/// <summary>Which changes of files to find in the event log of the enterprise.</summary>
/// <param name="After">The beginning of the period. Box keeps the log for one year.</param>
/// <param name="Before">The end of the period; null for the present.</param>
/// <param name="ChangedBy">The login or id of a user; null for all users.</param>
public sealed record BoxChangeQuery(DateTimeOffset After, DateTimeOffset? Before = null, string? ChangedBy = null);
