namespace FileVersions;

/// <summary>Whether a version expires under a retention policy, and why.</summary>
public sealed class KeepDecision
{
    /// <summary>The id of the file.</summary>
    public string? FileId { get; init; }

    /// <summary>The id of the version.</summary>
    public string? VersionId { get; init; }

    /// <summary>The name of the version; null if unknown.</summary>
    public string? Name { get; init; }

    /// <summary>The path of the file; null if unknown.</summary>
    public string? FilePath { get; init; }

    /// <summary>When the version was created; null if unknown. A version without a date never expires.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the next newer version replaced this one; null if unknown, and for the current version.</summary>
    public DateTimeOffset? SupersededAt { get; init; }

    /// <summary>The size in bytes; null if unknown.</summary>
    public long? Size { get; init; }

    /// <summary>Whether no rule keeps the version.</summary>
    public bool IsExpired { get; init; }

    /// <summary>
    /// Why, in English and at least one: <c>last 3 of 10</c>, <c>daily 2026-11-03</c>, <c>within 30d</c>, <c>first 1 of 1</c>, <c>current</c>,
    /// <c>trashed</c>, <c>no date</c>, <c>future</c>, <c>not a duplicate</c>, <c>duplicate of 123</c> or <c>expired</c>. The texts are the same in every culture.
    /// </summary>
    public ValueList<string> Reason { get; init; } = new([]);
}
