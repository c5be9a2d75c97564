using System.Globalization;

namespace FileVersions.PS.Output;

/// <summary>A number of bytes, for people.</summary>
internal static class ByteCount
{
    private static readonly string[] s_units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>Such as <c>34.5 MiB</c>.</summary>
    internal static string Describe(double bytes)
    {
        int unit = 0;
        while (bytes >= 1024 && unit < s_units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return string.Format(CultureInfo.CurrentCulture, unit == 0 ? "{0:0} {1}" : "{0:0.0} {1}", bytes, s_units[unit]);
    }
}
