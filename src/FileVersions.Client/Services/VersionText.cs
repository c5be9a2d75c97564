using System.Globalization;
using System.Text;

namespace FileVersions.Services;

/// <summary>Describes versions, in the same way in every culture.</summary>
internal static class VersionText
{
    /// <summary>Returns <c>trashed</c>, <c>current</c> or <c>past</c>; null if it is unknown whether the version is current.</summary>
    internal static string? State(bool? isCurrent, DateTimeOffset? trashedAt) => (isCurrent, trashedAt) switch
    {
        (_, not null) => "trashed",
        (true, _) => "current",
        (false, _) => "past",
        _ => null,
    };

    /// <summary>
    /// Returns one line such as <c>report.pdf, version 3 (12345), 2026-01-31 09:15:00 +01:00, 4711 bytes</c>. Null values are omitted.
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
