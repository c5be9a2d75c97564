using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FileVersions.Json;

/// <summary>Reads an object with free values; null stays null.</summary>
internal sealed class ValueMapConverter : JsonConverter<ValueMap?>
{
    public override ValueMap? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? AdditionalFields.ToMap(document.RootElement)
            : throw new JsonException($"An object was expected, and {document.RootElement.ValueKind} came.");
    }

    public override void Write(Utf8JsonWriter writer, ValueMap? value, JsonSerializerOptions options) => throw new NotSupportedException();
}
