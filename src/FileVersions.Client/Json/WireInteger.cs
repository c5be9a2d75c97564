using System;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FileVersions.Json;

/// <summary>
/// A whole number as a reply holds it. Services may write it in exponent form (<c>1.2e+31</c>), which need not fit into 64 bits:
/// then <see cref="Value"/> is null and <see cref="Other"/> holds the number, so that nothing is rounded or lost.
/// </summary>
[JsonConverter(typeof(WireIntegerConverter))]
internal readonly struct WireInteger
{
    public WireInteger(long value)
    {
        Value = value;
        Other = null;
    }

    private WireInteger(double other)
    {
        Value = null;
        Other = other;
    }

    public long? Value { get; }

    /// <summary>A boxed <see cref="double"/>, or null.</summary>
    public object? Other { get; }

    internal static WireInteger Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        if (reader.TokenType == JsonTokenType.Number)
        {
            return Parse(ref reader);
        }

        throw new JsonException($"A number was expected, and {reader.TokenType} came.");
    }

    private static WireInteger Parse(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out long whole))
        {
            return new WireInteger(whole);
        }

        // decimal knows exponent forms such as 1.5e3 and keeps them exact.
        if (decimal.TryParse(Encoding.UTF8.GetString(reader.ValueSpan.ToArray()), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact)
            && exact == decimal.Truncate(exact) && exact >= long.MinValue && exact <= long.MaxValue)
        {
            return new WireInteger((long)exact);
        }

        if (reader.TryGetDouble(out double other) && !double.IsInfinity(other))
        {
            return new WireInteger(other);
        }

        throw new JsonException("A number is out of range.");
    }
}

/// <summary>Reads and writes <see cref="WireInteger"/>.</summary>
internal sealed class WireIntegerConverter : JsonConverter<WireInteger>
{
    public override bool HandleNull => true;

    public override WireInteger Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WireInteger.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, WireInteger value, JsonSerializerOptions options)
    {
        if (value.Value is { } whole)
        {
            writer.WriteNumberValue(whole);
        }
        else if (value.Other is double other)
        {
            writer.WriteNumberValue(other);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
