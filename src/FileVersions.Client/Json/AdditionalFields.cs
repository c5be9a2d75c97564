using System.Collections.Generic;
using System.Text.Json;

namespace FileVersions.Json;

/// <summary>Turns what no property names into plain values: text, long, decimal, double, bool, null, <see cref="ValueList{T}"/>, <see cref="ValueMap"/>.</summary>
internal static class AdditionalFields
{
    /// <summary>The fields of a reply that no property names, with those known ones whose value did not fit their property.</summary>
    internal static IReadOnlyDictionary<string, object?>? From(
        Dictionary<string, JsonElement>? unknown,
        params (string Name, object? Value)[] misfits)
    {
        Dictionary<string, object?>? fields = null;
        foreach ((string name, object? value) in misfits)
        {
            if (value is not null)
            {
                (fields ??= [])[name] = value;
            }
        }

        if (unknown is not null)
        {
            foreach (KeyValuePair<string, JsonElement> field in unknown)
            {
                (fields ??= [])[field.Key] = ToValue(field.Value);
            }
        }

        return fields;
    }

    /// <summary>A plain value for any JSON.</summary>
    internal static object? ToValue(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            case JsonValueKind.Number:
                return element.TryGetInt64(out long whole) ? whole : element.TryGetDecimal(out decimal exact) ? exact : element.GetDouble();
            case JsonValueKind.Array:
                var items = new List<object?>(element.GetArrayLength());
                foreach (JsonElement item in element.EnumerateArray())
                {
                    items.Add(ToValue(item));
                }

                return new ValueList<object?>(items);
            case JsonValueKind.Object:
                return ToMap(element);
            default:
                return null;
        }
    }

    /// <summary>A map of any JSON object; of a name that comes twice the last value counts.</summary>
    internal static ValueMap ToMap(JsonElement element)
    {
        var fields = new List<KeyValuePair<string, object?>>();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            fields.Add(new KeyValuePair<string, object?>(property.Name, ToValue(property.Value)));
        }

        return new ValueMap(fields);
    }
}
