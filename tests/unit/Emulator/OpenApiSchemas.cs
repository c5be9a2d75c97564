using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FileVersions.UnitTests.Emulator;

/// <summary>
/// Validates JSON against the schemas of an OpenAPI 3.0 document. Supports what Box's document uses: <c>type</c>, <c>nullable</c>,
/// <c>properties</c>, <c>required</c>, <c>items</c>, <c>enum</c>, <c>format: date-time</c>, <c>maxLength</c>, <c>allOf</c>, <c>$ref</c>.
/// </summary>
internal sealed class OpenApiSchemas(JsonNode document)
{
    private const string LocalReference = "#/components/schemas/";

    internal static OpenApiSchemas Load(string path) => new(JsonNode.Parse(File.ReadAllText(path))!);

    /// <summary>Returns the violations of a schema by a value, one per line.</summary>
    internal IReadOnlyList<string> Check(string schemaName, JsonNode? value)
    {
        var faults = new List<string>();
        Check(Resolve(schemaName), value, "$", faults);
        return [.. faults.Distinct()];
    }

    private static bool IsOfType(string type, JsonNode value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value.GetValueKind() == JsonValueKind.String,
        "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.GetValueKind() == JsonValueKind.Number && value.AsValue().TryGetValue(out long _),
        "number" => value.GetValueKind() == JsonValueKind.Number,
        _ => throw new NotSupportedException("type: " + type),
    };

    private JsonObject Resolve(string name) =>
        document["components"]!["schemas"]![name]?.AsObject() ?? throw new KeyNotFoundException("The document has no schema " + name);

    private void Check(JsonObject schema, JsonNode? value, string path, List<string> faults)
    {
        if (schema["$ref"] is { } reference)
        {
            Check(Resolve(reference.GetValue<string>()[LocalReference.Length..]), value, path, faults);
            return;
        }

        foreach (JsonNode? part in schema["allOf"]?.AsArray() ?? [])
        {
            // A null that the schema allows is not checked against its parts.
            if (value is not null || schema["nullable"]?.GetValue<bool>() != true)
            {
                Check(part!.AsObject(), value, path, faults);
            }
        }

        if (value is null)
        {
            if (schema.ContainsKey("type") && schema["nullable"]?.GetValue<bool>() != true)
            {
                faults.Add($"{path} is null");
            }

            return;
        }

        if (schema["type"]?.GetValue<string>() is { } type && !IsOfType(type, value))
        {
            faults.Add($"{path} is no {type}: {value.ToJsonString()}");
            return;
        }

        if (schema["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, value)))
        {
            faults.Add($"{path} is none of those listed: {value.ToJsonString()}");
        }

        if (schema["format"]?.GetValue<string>() == "date-time" && !IsDateTime(value.GetValue<string>()))
        {
            faults.Add($"{path} is no date with time and offset: {value.ToJsonString()}");
        }

        if (schema["maxLength"]?.GetValue<int>() < value.ToString().Length)
        {
            faults.Add($"{path} is too long");
        }

        if (value is JsonObject json)
        {
            CheckObject(schema, json, path, faults);
        }
        else if (value is JsonArray array && schema["items"] is JsonObject items)
        {
            for (int i = 0; i < array.Count; i++)
            {
                Check(items, array[i], $"{path}[{i}]", faults);
            }
        }
    }

    private void CheckObject(JsonObject schema, JsonObject json, string path, List<string> faults)
    {
        foreach (JsonNode? required in schema["required"]?.AsArray() ?? [])
        {
            if (!json.ContainsKey(required!.GetValue<string>()))
            {
                faults.Add($"{path}.{required} is missing");
            }
        }

        foreach ((string name, JsonNode? property) in schema["properties"]?.AsObject() ?? [])
        {
            if (json.TryGetPropertyValue(name, out JsonNode? member))
            {
                Check(property!.AsObject(), member, $"{path}.{name}", faults);
            }
        }
    }

    private static bool IsDateTime(string text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && (text.EndsWith('Z') || text[^6] is '+' or '-');
}
