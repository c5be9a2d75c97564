using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Globalization;
using System.Linq;
using System.Text;

namespace FileVersions;

/// <summary>
/// Free values by name, in the order of the reply: what PowerShell calls an ordered hashtable. Names are found whatever their
/// case, unless the reply holds two that differ only in it.
/// </summary>
public sealed class ValueMap : OrderedDictionary
{
    private const int LargestCompared = 16;

    /// <summary>Makes a map; of a name that comes twice the last value counts.</summary>
    /// <param name="fields">The names and values.</param>
    public ValueMap(IReadOnlyList<KeyValuePair<string, object?>> fields)
        : base(HasNamesThatDifferInCase(fields) ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            this[fields[i].Key] = fields[i].Value;
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

    // Maps are small, and a set for each of them would cost more than comparing each name with each.
    private static bool HasNamesThatDifferInCase(IReadOnlyList<KeyValuePair<string, object?>> fields)
    {
        if (fields.Count > LargestCompared)
        {
            return fields.Select(field => field.Key).Distinct(StringComparer.OrdinalIgnoreCase).Count()
                != fields.Select(field => field.Key).Distinct(StringComparer.Ordinal).Count();
        }

        for (int i = 1; i < fields.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (string.Equals(fields[i].Key, fields[j].Key, StringComparison.OrdinalIgnoreCase)
                    && !string.Equals(fields[i].Key, fields[j].Key, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
