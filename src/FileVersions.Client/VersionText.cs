using System;
using System.Globalization;
using System.Text;

namespace FileVersions;

/// <summary>The one line that tells a person which version this is; the same in every culture.</summary>
internal static class VersionText
{
    /// <summary>Such as <c>report.pdf, version 3 (12345), 2026-01-31 09:15:00 +01:00, 4711 bytes</c>; what is null is left out.</summary>
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
