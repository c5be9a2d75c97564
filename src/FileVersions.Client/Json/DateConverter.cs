using System;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FileVersions.Json;

/// <summary>
/// Reads an RFC 3339 date and keeps its offset: Box sends a different one from item to item. An empty text counts as none.
/// </summary>
internal sealed class DateConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException($"A date was expected, and {reader.TokenType} came.");
        }

        if (reader.TryGetDateTimeOffset(out DateTimeOffset date) && HasOffset(reader.ValueSpan))
        {
            return date;
        }

        string text = reader.GetString()!;
        if (text.Length == 0)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date)
            ? date
            : throw new JsonException("A text that should be a date is none.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteStringValue(value.Value);
        }
    }

    // Without an offset the framework would assume this computer's time zone; the services mean UTC.
    private static bool HasOffset(ReadOnlySpan<byte> text)
    {
        if (text.Length == 0)
        {
            return false;
        }

        byte last = text[text.Length - 1];
        return last is (byte)'Z' or (byte)'z'
            || (text.Length > 19 && text.Slice(19).IndexOfAny((byte)'+', (byte)'-') >= 0);
    }
}
