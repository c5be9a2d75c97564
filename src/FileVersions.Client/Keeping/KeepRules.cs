namespace FileVersions.Keeping;

internal static class KeepRules
{
    /// <summary>Keeps the versions that remain when duplicates have expired.</summary>
    internal static KeepRule NotDuplicate { get; } = new(
        static versions => Enumerable.Range(0, versions.Count),
        static (_, _) => "not a duplicate");

    /// <summary>Lists the rules of a policy, in the order in which their reasons are given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count or period is negative.</exception>
    /// <exception cref="FileVersionException">There is no rule (<see cref="FileVersionErrorKind.NoKeepRule"/>).</exception>
    internal static IReadOnlyList<KeepRule> Of(RetentionPolicy policy)
    {
        List<KeepRule> rules = [];
        Add(policy.Last, nameof(policy.Last), Last);
        Add(policy.Hourly, nameof(policy.Hourly), count => NewestOfEach(Period.Hour, count));
        Add(policy.Daily, nameof(policy.Daily), count => NewestOfEach(Period.Day, count));
        Add(policy.Weekly, nameof(policy.Weekly), count => NewestOfEach(Period.Week, count));
        Add(policy.Monthly, nameof(policy.Monthly), count => NewestOfEach(Period.Month, count));
        Add(policy.Yearly, nameof(policy.Yearly), count => NewestOfEach(Period.Year, count));
        Add(policy.First, nameof(policy.First), First);
        Add(policy.Within, nameof(policy.Within), Within);
        if (rules.Count == 0)
        {
            rules.Add(policy.ExpireDuplicates ? NotDuplicate : throw new FileVersionException(FileVersionErrorKind.NoKeepRule, Texts.KeepingNoRule));
        }

        return rules;

        void Add<T>(T value, string name, Func<T, KeepRule> rule)
            where T : struct, IComparable<T>
        {
            int sign = value.CompareTo(default);
            if (sign < 0)
            {
                throw new ArgumentOutOfRangeException(name, value, Texts.KeepingNegative);
            }

            if (sign > 0)
            {
                rules.Add(rule(value));
            }
        }
    }

    private static KeepRule Last(int count) => new(
        versions => Enumerable.Range(0, Math.Min(count, versions.Count)),
        (_, rank) => FormattableString.Invariant($"last {rank + 1} of {count}"));

    private static KeepRule First(int count) => new(
        versions => Enumerable.Range(Math.Max(0, versions.Count - count), Math.Min(count, versions.Count)),
        (versions, rank) => FormattableString.Invariant($"first {versions.Count - rank} of {count}"));

    private static KeepRule Within(TimeSpan duration) => new(
        versions => Enumerable.Range(0, versions.Count).Where(rank => versions.Age(rank) <= duration),
        (_, _) => $"within {Duration.Format(duration)}");

    private static KeepRule NewestOfEach(Period period, int count)
    {
        return new(Keep, (versions, rank) => $"{period.Name} {period.Label(versions.LocalTime(rank))}");

        IEnumerable<int> Keep(CountedVersions versions)
        {
            // Comparing with the previous version would not be enough: when the clocks go back across midnight, a day occurs twice.
            HashSet<long> kept = [];
            for (int rank = 0; rank < versions.Count && kept.Count < count; rank++)
            {
                if (kept.Add(period.Key(versions.LocalTime(rank))))
                {
                    yield return rank;
                }
            }
        }
    }
}
