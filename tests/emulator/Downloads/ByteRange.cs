using System.Globalization;

namespace FileVersions.Emulator.Downloads;

internal enum RangeStanding
{
    /// <summary>The header is not a single byte range and is ignored.</summary>
    None,
    Satisfiable,
    Unsatisfiable,
}

/// <summary>Reads <c>Range: bytes=first-last</c>, <c>bytes=first-</c> and <c>bytes=-count</c>.</summary>
internal static class ByteRange
{
    internal static RangeStanding Read(string header, long size, out long first, out long last)
    {
        (first, last) = (0, size - 1);
        string[] ends = header.StartsWith("bytes=", StringComparison.Ordinal) ? header["bytes=".Length..].Split('-') : [];
        if (ends is not [{ } from, { } to] || (from.Length == 0 && to.Length == 0) || !TryRead(from, out long? start) || !TryRead(to, out long? end) || start > end)
        {
            return RangeStanding.None;
        }

        if (start is null)
        {
            first = Math.Max(0, size - end!.Value);
            return end == 0 || size == 0 ? RangeStanding.Unsatisfiable : RangeStanding.Satisfiable;
        }

        first = start.Value;
        last = Math.Min(end ?? long.MaxValue, size - 1);
        return first < size ? RangeStanding.Satisfiable : RangeStanding.Unsatisfiable;
    }

    private static bool TryRead(string text, out long? number)
    {
        number = null;
        if (text.Length == 0)
        {
            return true;
        }

        bool read = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value);
        number = value;
        return read;
    }
}
