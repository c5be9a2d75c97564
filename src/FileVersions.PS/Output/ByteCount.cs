using System.Globalization;

namespace FileVersions.PS.Output;

/// <summary>Describes a number of bytes with the units of the table views, which are PowerShell's own: 1 KB is 1024 bytes.</summary>
internal static class ByteCount
{
    private static readonly string[] s_units = ["B", "KB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>Returns a text such as <c>34.5 MB</c>, in the current culture.</summary>
    internal static string Describe(double bytes)
    {
        int unit = 0;
        while (bytes >= 999.95 && unit < s_units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return string.Format(CultureInfo.CurrentCulture, unit == 0 ? "{0:0} {1}" : "{0:N1} {1}", bytes, s_units[unit]);
    }
}
