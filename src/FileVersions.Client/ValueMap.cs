using System.Collections;
using System.Collections.Specialized;
using System.Globalization;

namespace FileVersions;

/// <summary>
/// Values by name, in the order of the response, like an ordered hashtable. Names are not case-sensitive, unless the response contains
/// two names that differ only in case.
/// </summary>
public sealed class ValueMap : OrderedDictionary
{
    private const int MaxComparedCount = 16;

    /// <summary>Creates a map. If a name occurs twice, the last value wins.</summary>
    /// <param name="fields">The names and values.</param>
    public ValueMap(IReadOnlyList<KeyValuePair<string, object?>> fields)
        : base(HasNamesThatDifferInCase(fields) ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            this[fields[i].Key] = fields[i].Value;
        }
    }

    /// <summary>Returns the fields as <c>name=value</c>, separated by semicolons, in the same format for every culture.</summary>
    public override string ToString() =>
        string.Join("; ", this.Cast<DictionaryEntry>().Select(static field => $"{field.Key}={Convert.ToString(field.Value, CultureInfo.InvariantCulture)}"));

    // Maps are small, so comparing all pairs of names is cheaper than a set.
    private static bool HasNamesThatDifferInCase(IReadOnlyList<KeyValuePair<string, object?>> fields)
    {
        if (fields.Count > MaxComparedCount)
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
