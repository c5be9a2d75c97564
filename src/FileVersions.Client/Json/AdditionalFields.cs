using System.Collections.Generic;

namespace FileVersions.Json;

/// <summary>What a reply held and no property tells.</summary>
internal static class AdditionalFields
{
    /// <summary>The fields that no property names, with a known one whose value did not fit its property.</summary>
    /// <returns>Null when there is nothing.</returns>
    internal static IReadOnlyDictionary<string, object?>? From(Dictionary<string, object?>? unknown, string misfitName, object? misfit)
    {
        if (misfit is null)
        {
            return unknown;
        }

        Dictionary<string, object?> fields = unknown is null ? [] : new(unknown);
        fields[misfitName] = misfit;
        return fields;
    }
}
