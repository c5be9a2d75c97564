using System.Collections.Generic;

namespace FileVersions.Json;

/// <summary>What a reply held and no property tells.</summary>
internal static class AdditionalFields
{
    /// <summary>The fields that no property names, with a known one whose value did not fit its property.</summary>
    /// <returns>Null when there is nothing.</returns>
    internal static IReadOnlyDictionary<string, object?>? From(
        Dictionary<string, object?>? unknown, string? misfitName = null, object? misfit = null, string? otherName = null, object? other = null)
    {
        if (misfit is null && other is null)
        {
            return unknown;
        }

        Dictionary<string, object?> fields = unknown is null ? [] : new(unknown);
        if (misfit is not null)
        {
            fields[misfitName!] = misfit;
        }

        if (other is not null)
        {
            fields[otherName!] = other;
        }

        return fields;
    }
}
