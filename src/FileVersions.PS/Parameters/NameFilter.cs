using System.Management.Automation;

namespace FileVersions.PS.Parameters;

/// <summary>Selects file names by wildcards, as <c>-Include</c> and <c>-Exclude</c> do.</summary>
internal sealed class NameFilter
{
    private readonly WildcardPattern[] _include;
    private readonly WildcardPattern[] _exclude;

    private NameFilter(string[]? include, string[]? exclude)
    {
        _include = Compile(include);
        _exclude = Compile(exclude);
    }

    /// <summary>A filter, or null if there is nothing to filter.</summary>
    internal static Func<string?, bool>? Create(string[]? include, string[]? exclude) =>
        include is { Length: > 0 } || exclude is { Length: > 0 } ? new NameFilter(include, exclude).IsMatch : null;

    private static WildcardPattern[] Compile(string[]? patterns) =>
        [.. (patterns ?? []).Select(static pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant))];

    private bool IsMatch(string? name) =>
        (_include.Length == 0 || Array.Exists(_include, pattern => pattern.IsMatch(name ?? string.Empty)))
        && !Array.Exists(_exclude, pattern => pattern.IsMatch(name ?? string.Empty));
}
