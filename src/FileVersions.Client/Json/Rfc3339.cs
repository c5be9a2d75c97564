using System.Runtime.CompilerServices;

namespace FileVersions.Json;

/// <summary>Reads dates as RFC 3339 defines them: date, time to the second with an optional fraction, and an offset.</summary>
internal static class Rfc3339
{
    // yyyy-MM-ddTHH:mm:ss
    private const int TimeLength = 19;

    /// <summary>Converts a date and keeps its offset. Fractions beyond 100 nanoseconds are cut off.</summary>
    /// <returns>False for any other notation, and for what <see cref="DateTimeOffset"/> cannot hold, such as a leap second.</returns>
    [MethodImpl(CompilerOptions.AggressiveOptimization)]
    internal static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset date)
    {
        date = default;
        if (text.Length <= TimeLength
            || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t') || text[13] != ':' || text[16] != ':'
            || !TryGetNumber(text.Slice(0, 4), out int year) || year < 1
            || !TryGetNumber(text.Slice(5, 2), out int month) || month is < 1 or > 12
            || !TryGetNumber(text.Slice(8, 2), out int day) || day < 1 || day > DateTime.DaysInMonth(year, month)
            || !TryGetNumber(text.Slice(11, 2), out int hour) || hour > 23
            || !TryGetNumber(text.Slice(14, 2), out int minute) || minute > 59
            || !TryGetNumber(text.Slice(17, 2), out int second) || second > 59)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text.Slice(TimeLength);
        if (!TrySkipFraction(ref rest, out long fraction) || !TryGetOffset(rest, out TimeSpan offset))
        {
            return false;
        }

        DateTime local = new DateTime(year, month, day, hour, minute, second).AddTicks(fraction);
        long utc = local.Ticks - offset.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        date = new DateTimeOffset(local, offset);
        return true;
    }

    private static bool TrySkipFraction(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text[0] != '.')
        {
            return true;
        }

        int length = 1;
        for (long unit = TimeSpan.TicksPerSecond / 10; length < text.Length && text[length] is >= (byte)'0' and <= (byte)'9'; unit /= 10)
        {
            ticks += (text[length] - '0') * unit;
            length++;
        }

        text = text.Slice(length);
        return length > 1;
    }

    private static bool TryGetOffset(ReadOnlySpan<byte> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text.Length == 1)
        {
            return text[0] is (byte)'Z' or (byte)'z';
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !TryGetNumber(text.Slice(1, 2), out int hours) || !TryGetNumber(text.Slice(4, 2), out int minutes)
            || minutes > 59 || (hours * 60) + minutes > 14 * 60)
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0);
        offset = text[0] == '-' ? offset.Negate() : offset;
        return true;
    }

    private static bool TryGetNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
