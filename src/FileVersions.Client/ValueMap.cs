using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Globalization;
using System.Text;

namespace FileVersions;

/// <summary>
/// Free values by name, in the order of the reply: what PowerShell calls an ordered hashtable. Names are found whatever their
/// case, unless the reply holds two that differ only in it.
/// </summary>
public sealed class ValueMap : OrderedDictionary
{
    /// <summary>Makes a map; of a name that comes twice the last value counts.</summary>
    /// <param name="fields">The names and values.</param>
    public ValueMap(IReadOnlyCollection<KeyValuePair<string, object?>> fields)
        : base(HasNamesThatDifferInCase(fields) ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase)
    {
        foreach (KeyValuePair<string, object?> field in fields)
        {
            this[field.Key] = field.Value;
        }
    }

    /// <summary>The fields as <c>name=value</c>, separated by a semicolon and a space; the same in every culture.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (DictionaryEntry field in this)
        {
            if (text.Length > 0)
            {
                text.Append("; ");
            }

            text.Append(field.Key).Append('=').Append(Convert.ToString(field.Value, CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static bool HasNamesThatDifferInCase(IEnumerable<KeyValuePair<string, object?>> fields)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, object?> field in fields)
        {
            if (seen.TryGetValue(field.Key, out string? other) && !string.Equals(other, field.Key, StringComparison.Ordinal))
            {
                return true;
            }

            seen[field.Key] = field.Key;
        }

        return false;
    }
}
