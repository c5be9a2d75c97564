using System.Globalization;
using System.Text;

namespace FileVersions.Services;

/// <summary>The one-line description of a version. It is the same in every culture.</summary>
internal static class VersionText
{
    /// <summary>
    /// Returns a description such as <c>report.pdf, version 3 (12345), 2026-01-31 09:15:00 +01:00, 4711 bytes</c>. Null values are omitted.
    /// </summary>
    internal static string Describe(string? name, string? version, string? versionId, DateTimeOffset? date, long? size)
    {
        var text = new StringBuilder(name);
        Append(text, ", ", version);
        Append(text, " ", versionId is null || text.Length == 0 ? versionId : $"({versionId})");
        Append(text, ", ", date?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
        Append(text, ", ", size is { } bytes ? bytes.ToString(CultureInfo.InvariantCulture) + " bytes" : null);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string separator, string? part)
    {
        if (part is not null)
        {
            text.Append(text.Length == 0 ? string.Empty : separator).Append(part);
        }
    }
}
