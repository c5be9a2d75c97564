using System.Collections;
using System.Globalization;

namespace FileVersions.Box;

/// <summary>Reads from the undocumented fields <c>retention</c> and <c>permissions</c> why a version must not be removed.</summary>
public static class BoxHold
{
    /// <summary>The fields that <see cref="Explain"/> reads. They are expensive for Box, so request them only where they are needed.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["retention", "permissions"];

    /// <summary>Returns why a version must not be removed, as a clause such as <c>the retention policy 'Seven years' applies until 2030-01-31</c>.</summary>
    /// <param name="retention">The value of <c>retention</c>; null if there is none.</param>
    /// <param name="permissions">The value of <c>permissions</c>; null if there is none.</param>
    /// <param name="now">The present. A retention that ended before it does not count.</param>
    /// <returns>The reason; null if nothing is known that prevents the removal.</returns>
    public static string? Explain(IDictionary? retention, IDictionary? permissions, DateTimeOffset now)
    {
        DateTimeOffset? end = ReadDate(retention?["disposition_at"]);
        if (retention?["applied_at"] is not null && (end is null || end > now))
        {
            string policy = (retention["winning_retention_policy"] as IDictionary)?["policy_name"]?.ToString() ?? Texts.BoxPolicyUnnamed;
            return end is null
                ? Texts.BoxHoldWithoutEnd.FormatWith(policy)
                : Texts.BoxHoldUntil.FormatWith(policy, end);
        }

        return permissions?["can_delete"] is false ? Texts.BoxHoldNoPermission : null;
    }

    private static DateTimeOffset? ReadDate(object? value) => value switch
    {
        DateTimeOffset date => date,
        DateTime date => date,
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date) => date,
        _ => null,
    };
}
