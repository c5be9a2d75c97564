namespace FileVersions.Keeping;

/// <summary>One rule of a policy.</summary>
/// <param name="Keep">Returns the ranks of the versions that the rule keeps.</param>
/// <param name="Explain">Returns why the rule keeps the version of a rank.</param>
internal sealed record KeepRule(Func<CountedVersions, IEnumerable<int>> Keep, Func<CountedVersions, int, string> Explain);
