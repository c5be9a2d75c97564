namespace FileVersions.Keeping;

/// <summary>The versions of one file that the rules count, newest first: rank 0 is the newest.</summary>
internal sealed class CountedVersions(RetentionPolicy policy)
{
    private readonly List<DateTimeOffset> _createdAt = [];
    private readonly List<DateTimeOffset?> _supersededAt = [];
    private DateTimeOffset[]? _localTimes;

    internal int Count => _createdAt.Count;

    /// <summary>When a version was created, in the time zone of the policy.</summary>
    internal DateTimeOffset LocalTime(int rank) => (_localTimes ??= [.. _createdAt.Select(date => TimeZoneInfo.ConvertTime(date, policy.TimeZone))])[rank];

    /// <summary>How long ago a version was superseded. Zero if that is unknown; negative if it lies in the future.</summary>
    internal TimeSpan Age(int rank) => policy.Now - (_supersededAt[rank] ?? policy.Now);

    /// <summary>Adds the next older version.</summary>
    internal void Add(DateTimeOffset createdAt, DateTimeOffset? supersededAt)
    {
        _createdAt.Add(createdAt);
        _supersededAt.Add(supersededAt);
    }
}
