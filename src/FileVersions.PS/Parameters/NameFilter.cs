namespace FileVersions.PS.Parameters;

/// <summary>Selects file names by wildcards, as <c>-Include</c> and <c>-Exclude</c> do.</summary>
internal static class NameFilter
{
    /// <summary>A filter, or null if there is nothing to filter.</summary>
    internal static Func<string?, bool>? Create(string[]? include, string[]? exclude)
    {
        WildcardPattern[] included = Compile(include);
        WildcardPattern[] excluded = Compile(exclude);
        return included.Length + excluded.Length == 0
            ? null
            : name => (included.Length == 0 || IsMatch(included, name)) && !IsMatch(excluded, name);
    }

    private static WildcardPattern[] Compile(string[]? patterns) =>
        [.. (patterns ?? []).Select(static pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant))];

    private static bool IsMatch(WildcardPattern[] patterns, string? name) => Array.Exists(patterns, pattern => pattern.IsMatch(name ?? string.Empty));
}
