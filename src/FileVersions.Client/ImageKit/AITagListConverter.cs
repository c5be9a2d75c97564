using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FileVersions.ImageKit;

/// <summary>Reads <c>AITags</c>: an array, or null, or, in recorded replies, a single tag that stands without an array.</summary>
internal sealed class AITagListConverter : JsonConverter<ValueList<AITag>?>
{
    public override ValueList<AITag>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.StartObject or JsonTokenType.String:
                return new ValueList<AITag>([ReadTag(ref reader)]);
            case JsonTokenType.StartArray:
                var tags = new List<AITag>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    tags.Add(ReadTag(ref reader));
                }

                return new ValueList<AITag>(tags);
            default:
                throw new JsonException($"A list of tags was expected, and {reader.TokenType} came.");
        }
    }

    public override void Write(Utf8JsonWriter writer, ValueList<AITag>? value, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    private static AITag ReadTag(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
            ? new AITag { Name = reader.GetString() }
            : JsonSerializer.Deserialize(ref reader, IKWire.Default.AITag) ?? new AITag();
}
