using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace FileVersions.Json;

/// <summary>
/// Reads JSON as the services send it, straight from a reply's bytes into the objects that are put out. A serialiser would make
/// the first reply of a process wait for a hundred milliseconds of code to be compiled, and each reply use more of the processor.
/// </summary>
/// <remarks>
/// Every method is for a reader that stands on a value, and leaves it on that value's last token. What is not the promised JSON
/// throws <see cref="JsonException"/>. Of a name that comes twice the last value counts.
/// </remarks>
internal static class WireReader
{
    /// <summary>Opens a JSON text and steps onto its value.</summary>
    internal static Utf8JsonReader Open(ReadOnlyMemory<byte> bytes)
    {
        var reader = new Utf8JsonReader(JsonBytes.WithoutMark(bytes.Span));
        reader.Read();
        return reader;
    }

    /// <summary>Sees to it that nothing follows the value.</summary>
    internal static void Close(ref this Utf8JsonReader reader) => reader.Read();

    /// <summary>Steps into an object; false for null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool EnterObject(ref this Utf8JsonReader reader) => reader.Enter(JsonTokenType.StartObject);

    /// <summary>Steps into an array; false for null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool EnterArray(ref this Utf8JsonReader reader) => reader.Enter(JsonTokenType.StartArray);

    /// <summary>Steps to the object's next name; false at its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool NextField(ref this Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Steps to the array's next value; false at its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool NextItem(ref this Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    /// <summary>Steps onto the field's value when it has that name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsField(ref this Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    /// <summary>The text of a string or of a number, as it stands in the reply: some pages of the services' documentation show ids as numbers.</summary>
    [MethodImpl(Compile.Fully)]
    internal static string? ReadText(ref this Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan.ToArray()),
        _ => throw Unexpected(ref reader),
    };

    /// <summary>As <see cref="ReadText"/>, for texts that come again and again.</summary>
    [MethodImpl(Compile.Fully)]
    internal static string? ReadSharedText(ref this Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? SharedTexts.Get(ref reader) : reader.ReadText();

    /// <summary>An RFC 3339 date with its offset: Box sends a different one from item to item. An empty text counts as none.</summary>
    [MethodImpl(Compile.Fully)]
    internal static DateTimeOffset? ReadDate(ref this Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            throw Unexpected(ref reader);
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

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date) ? date : throw Unexpected(ref reader);
    }

    internal static bool? ReadBool(ref this Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Unexpected(ref reader),
    };

    [MethodImpl(Compile.Fully)]
    internal static WireInteger ReadInteger(ref this Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.Number => WireInteger.Read(ref reader),
        _ => throw Unexpected(ref reader),
    };

    /// <summary>A whole number; any other is put among the unknown fields, under its name.</summary>
    [MethodImpl(Compile.Fully)]
    internal static long? ReadWhole(ref this Utf8JsonReader reader, string name, ref Dictionary<string, object?>? unknown)
    {
        WireInteger number = reader.ReadInteger();
        if (number.Other is not null)
        {
            (unknown ??= [])[name] = number.Other;
        }
        else
        {
            unknown?.Remove(name);
        }

        return number.Value;
    }

    [MethodImpl(Compile.Fully)]
    internal static decimal? ReadDecimal(ref this Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.Number when reader.TryGetDecimal(out decimal number) => number,
        _ => throw Unexpected(ref reader),
    };

    internal static double? ReadDouble(ref this Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.Number when reader.TryGetDouble(out double number) && !double.IsInfinity(number) => number,
        _ => throw Unexpected(ref reader),
    };

    /// <summary>An array of texts.</summary>
    [MethodImpl(Compile.Fully)]
    internal static ValueList<string?>? ReadTexts(ref this Utf8JsonReader reader)
    {
        if (!reader.EnterArray())
        {
            return null;
        }

        var texts = new List<string?>();
        while (reader.NextItem())
        {
            texts.Add(reader.ReadSharedText());
        }

        return new ValueList<string?>(texts);
    }

    /// <summary>An object with free values.</summary>
    [MethodImpl(Compile.Fully)]
    internal static ValueMap? ReadMap(ref this Utf8JsonReader reader)
    {
        if (!reader.EnterObject())
        {
            return null;
        }

        var fields = new List<KeyValuePair<string, object?>>();
        while (reader.NextField())
        {
            string name = SharedTexts.Get(ref reader);
            reader.Read();
            fields.Add(new KeyValuePair<string, object?>(name, reader.ReadValue()));
        }

        return new ValueMap(fields);
    }

    /// <summary>A plain value for any JSON: text, long, decimal, double, bool, null, <see cref="ValueList{T}"/>, <see cref="ValueMap"/>.</summary>
    [MethodImpl(Compile.Fully)]
    internal static object? ReadValue(ref this Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.Number:
                return reader.TryGetInt64(out long whole) ? whole : reader.TryGetDecimal(out decimal exact) ? exact
                    : reader.TryGetDouble(out double near) && !double.IsInfinity(near) ? near : throw Unexpected(ref reader);
            case JsonTokenType.StartArray:
                var items = new List<object?>();
                while (reader.NextItem())
                {
                    items.Add(reader.ReadValue());
                }

                return new ValueList<object?>(items);
            case JsonTokenType.StartObject:
                return reader.ReadMap();
            default:
                return null;
        }
    }

    /// <summary>Keeps a field that no property names, for a reader that stands on its name.</summary>
    [MethodImpl(Compile.Fully)]
    internal static void ReadUnknown(ref this Utf8JsonReader reader, ref Dictionary<string, object?>? fields)
    {
        string name = SharedTexts.Get(ref reader);
        reader.Read();
        (fields ??= [])[name] = reader.ReadValue();
    }

    /// <summary>The error that a value is not what the service promises.</summary>
    internal static JsonException Unexpected(ref Utf8JsonReader reader) =>
        new(string.Format(CultureInfo.CurrentCulture, Texts.ValueUnexpected, reader.TokenType, reader.TokenStartIndex));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Enter(ref this Utf8JsonReader reader, JsonTokenType start) =>
        reader.TokenType == start || (reader.TokenType == JsonTokenType.Null ? false : throw Unexpected(ref reader));

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
