using System.Security.Cryptography;

namespace FileVersions.UnitTests
{
    /// <summary>Members of .NET that the tests use, and that are in neither .NET Framework nor the Polyfill package.</summary>
    internal static class Shims
    {
        extension(double)
        {
            internal static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);
        }

        extension(TimeSpan)
        {
            public static TimeSpan operator *(TimeSpan time, double factor) => TimeSpan.FromTicks((long)Math.Round(time.Ticks * factor));

            public static TimeSpan operator *(double factor, TimeSpan time) => time * factor;

            public static TimeSpan operator /(TimeSpan time, double divisor) => TimeSpan.FromTicks((long)Math.Round(time.Ticks / divisor));

            public static double operator /(TimeSpan time, TimeSpan other) => (double)time.Ticks / other.Ticks;
        }

        extension(string)
        {
            internal static string Create(IFormatProvider provider, FormattableString text) => text.ToString(provider);
        }

        extension(HttpMethod)
        {
            internal static HttpMethod Patch => new("PATCH");
        }

        extension(HMACSHA256)
        {
            internal static byte[] HashData(byte[] key, byte[] source)
            {
                using var hash = new HMACSHA256(key);
                return hash.ComputeHash(source);
            }
        }

        // The tests only compare ordinally.
        internal static string Replace(this string text, string oldValue, string newValue, StringComparison comparison) => text.Replace(oldValue, newValue);
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>The compiler uses this for ranges of arrays.</summary>
    internal static class RuntimeHelpers
    {
        public static T[] GetSubArray<T>(T[] array, Range range)
        {
            (int offset, int length) = range.GetOffsetAndLength(array.Length);
            return array.AsSpan(offset, length).ToArray();
        }
    }
}
