using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FileVersions.Json;

/// <summary>Reads an array of texts; null stays null.</summary>
internal sealed class TextListConverter : JsonConverter<ValueList<string?>?>
{
    public override ValueList<string?>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"A list of texts was expected, and {reader.TokenType} came.");
        }

        var texts = new List<string?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            texts.Add(TextConverter.ReadText(ref reader));
        }

        return new ValueList<string?>(texts);
    }

    public override void Write(Utf8JsonWriter writer, ValueList<string?>? value, JsonSerializerOptions options) => throw new NotSupportedException();
}
