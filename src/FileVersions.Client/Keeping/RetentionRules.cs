namespace FileVersions.Keeping;

/// <summary>Applies a retention policy to the versions of a file. The result does not depend on the order of the input. Thread-safe.</summary>
/// <param name="policy">The policy.</param>
/// <exception cref="ArgumentOutOfRangeException">A count or period of the policy is negative.</exception>
/// <exception cref="FileVersionException">The policy has no rule (<see cref="FileVersionErrorKind.NoKeepRule"/>).</exception>
public sealed class RetentionRules(RetentionPolicy policy)
{
    private readonly IReadOnlyList<KeepRule> _rules = KeepRules.Of(policy);

    /// <summary>Returns the versions that no rule keeps, in the order of the input.</summary>
    /// <param name="versions">All versions of one file, the current one included if it is known.</param>
    public IReadOnlyList<VersionEntry> SelectExpired(IReadOnlyList<VersionEntry> versions)
    {
        bool[] isExpired = FindExpired(new FileHistory(versions), reasons: null);
        return [.. versions.Where((_, position) => isExpired[position])];
    }

    /// <summary>Returns the decision about each version and the reasons for it, in the order of the input.</summary>
    /// <param name="versions">All versions of one file, the current one included if it is known.</param>
    public IReadOnlyList<KeepDecision> Explain(IReadOnlyList<VersionEntry> versions)
    {
        var history = new FileHistory(versions);
        var reasons = new List<string>?[versions.Count];
        bool[] isExpired = FindExpired(history, reasons);
        var decisions = new KeepDecision[versions.Count];
        for (int position = 0; position < decisions.Length; position++)
        {
            VersionEntry version = versions[position];
            decisions[position] = new KeepDecision
            {
                FileId = version.FileId,
                VersionId = version.VersionId,
                Name = version.Name,
                FilePath = version.FilePath,
                CreatedAt = version.CreatedAt,
                SupersededAt = history.SupersededAt(position),
                Size = version.Size,
                IsExpired = isExpired[position],
                Reason = new ValueList<string>(
                    reasons[position] ?? (isExpired[position] ? [ExplainExpired(history, position)] : ExplainExempt(version))),
            };
        }

        return decisions;
    }

    // Explaining every version would cost more than deciding, so reasons are collected only if asked for.
    private bool[] FindExpired(FileHistory history, List<string>?[]? reasons)
    {
        var isExpired = new bool[history.Versions.Count];
        var counted = new CountedVersions(policy);
        List<int> positions = [];

        // Every version that the rules could keep expires, unless one of them does.
        foreach (int position in history.NewestFirst)
        {
            VersionEntry version = history.Versions[position];
            isExpired[position] = version.TrashedAt is null && version.CreatedAt <= policy.Now;
            if (isExpired[position] && !ExpiresAsDuplicate(history, position))
            {
                counted.Add(version.CreatedAt.GetValueOrDefault(), history.SupersededAt(position));
                positions.Add(position);
            }
        }

        foreach (KeepRule rule in _rules)
        {
            foreach (int rank in rule.Keep(counted))
            {
                isExpired[positions[rank]] = false;
                if (reasons is not null)
                {
                    (reasons[positions[rank]] ??= []).Add(rule.Explain(counted, rank));
                }
            }
        }

        return isExpired;
    }

    private bool ExpiresAsDuplicate(FileHistory history, int position) => policy.ExpireDuplicates && history.IsDuplicate(position);

    private string ExplainExpired(FileHistory history, int position) =>
        ExpiresAsDuplicate(history, position) ? $"duplicate of {history.NextNewer(position)!.VersionId}" : "expired";

    /// <summary>Says why a version that the rules do not count never expires.</summary>
    private List<string> ExplainExempt(VersionEntry version)
    {
        List<string> reasons = [];
        AddIf(version.IsCurrent, "current");
        AddIf(version.TrashedAt is not null, "trashed");
        AddIf(version.CreatedAt is null, "no date");
        AddIf(version.CreatedAt > policy.Now, "future");
        return reasons;

        void AddIf(bool applies, string reason)
        {
            if (applies)
            {
                reasons.Add(reason);
            }
        }
    }
}
