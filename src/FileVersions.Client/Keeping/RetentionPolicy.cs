namespace FileVersions.Keeping;

/// <summary>
/// Which versions to keep. A version is kept if at least one rule keeps it, and each rule counts independently. A count or period of zero is the same as no rule.
/// The rules count past versions that are not in the trash, have a date, and are not dated after <see cref="Now"/>; all other versions are kept.
/// </summary>
/// <param name="now">The present.</param>
public sealed class RetentionPolicy(DateTimeOffset now)
{
    /// <summary>The present. Versions dated later never expire.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The time zone in which hours, days, weeks, months and years begin. The default is the local time zone.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Local;

    /// <summary>The number of newest versions to keep. Greater than or equal to 0.</summary>
    public int Last { get; init; }

    /// <summary>The number of most recent hours of which to keep the newest version. Hours without a version do not count.</summary>
    public int Hourly { get; init; }

    /// <summary>The number of most recent days of which to keep the newest version. Days without a version do not count.</summary>
    public int Daily { get; init; }

    /// <summary>The number of most recent ISO 8601 weeks of which to keep the newest version. Weeks without a version do not count.</summary>
    public int Weekly { get; init; }

    /// <summary>The number of most recent months of which to keep the newest version. Months without a version do not count.</summary>
    public int Monthly { get; init; }

    /// <summary>The number of most recent years of which to keep the newest version. Years without a version do not count.</summary>
    public int Yearly { get; init; }

    /// <summary>The number of oldest versions to keep. Greater than or equal to 0.</summary>
    public int First { get; init; }

    /// <summary>
    /// Versions that were in force at some time during this period before <see cref="Now"/> are kept. A day is 24 hours, even when the clocks change.
    /// </summary>
    public TimeSpan Within { get; init; }

    /// <summary>
    /// Whether versions with the same content as the next newer version expire, before the rules count. If there are no rules, all other versions are kept.
    /// </summary>
    public bool ExpireDuplicates { get; init; }
}
