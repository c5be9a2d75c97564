using System;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FileVersions.Json;

/// <summary>Reads a text that some pages of the services' documentation show as a number, such as an id.</summary>
internal sealed class TextConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadText(ref reader);

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    /// <summary>The text of a string or of a number, as it stands in the reply.</summary>
    /// <exception cref="JsonException">It is neither.</exception>
    internal static string? ReadText(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan.ToArray()),
        _ => throw new JsonException($"A text was expected, and {reader.TokenType} came."),
    };
}
