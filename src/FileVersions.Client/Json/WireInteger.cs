using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace FileVersions.Json;

/// <summary>
/// A whole number as a reply holds it. Services may write it in exponent form (<c>1.2e+31</c>), which need not fit into 64 bits:
/// then <see cref="Value"/> is null and <see cref="Other"/> holds the number, so that nothing is rounded or lost.
/// </summary>
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

    /// <summary>Reads a number, for a reader that stands on one.</summary>
    [MethodImpl(Compile.Fully)]
    internal static WireInteger Read(ref Utf8JsonReader reader) =>
        reader.TryGetInt64(out long whole) ? new WireInteger(whole) : ReadUnusual(ref reader);

    private static WireInteger ReadUnusual(ref Utf8JsonReader reader)
    {
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

        throw WireReader.Unexpected(ref reader);
    }
}
