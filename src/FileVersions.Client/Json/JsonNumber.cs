using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FileVersions.Json;

/// <summary>Converts JSON numbers without rounding. A service may send a whole number as <c>12.0</c> or <c>1.5e3</c>.</summary>
internal static class JsonNumber
{
    // A decimal can hold any number of this many characters, unless it has an exponent.
    private const int MaxExactLength = 28;

    /// <summary>Converts a whole number that fits into 64 bits.</summary>
    internal static bool TryGetWhole(ref Utf8JsonReader reader, out long number)
    {
        if (reader.TryGetInt64(out number))
        {
            return true;
        }

        if (!TryParseDecimal(reader.ValueSpan, out decimal exact)
            || exact != decimal.Truncate(exact) || exact < long.MinValue || exact > long.MaxValue)
        {
            return false;
        }

        number = (long)exact;
        return true;
    }

    /// <summary>Converts a number that a decimal can hold exactly.</summary>
    internal static bool TryGetDecimal(ref Utf8JsonReader reader, out decimal number) => TryParseDecimal(reader.ValueSpan, out number);

    /// <summary>Converts a finite number to the nearest double.</summary>
    internal static bool TryGetDouble(ref Utf8JsonReader reader, out double number) =>
        reader.TryGetDouble(out number) && !double.IsInfinity(number);

    /// <summary>Returns a long, a decimal or a double, whichever is the first that can hold the number; its text if none can.</summary>
    internal static object GetAny(ref Utf8JsonReader reader) =>
        reader.TryGetInt64(out long whole) ? whole
        : TryParseDecimal(reader.ValueSpan, out decimal exact) ? exact
        : TryGetDouble(ref reader, out double near) ? near
        : Text(reader.ValueSpan);

    private static bool TryParseDecimal(ReadOnlySpan<byte> bytes, out decimal number)
    {
        number = 0;
        if (bytes.Length > MaxExactLength || !decimal.TryParse(Text(bytes), NumberStyles.Float, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        // A number too close to zero is parsed as zero.
        return number != 0 || IsZero(bytes);
    }

    private static bool IsZero(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            if (b is (byte)'e' or (byte)'E')
            {
                return true;
            }

            if (b is >= (byte)'1' and <= (byte)'9')
            {
                return false;
            }
        }

        return true;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.ToArray());
}
