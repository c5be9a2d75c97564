using System;
using System.Globalization;

namespace FileVersions;

/// <summary>The one line that tells a person which version this is.</summary>
internal static class VersionText
{
    internal static string Describe(string? name, string? versionId, DateTimeOffset? date)
    {
        string text = name ?? string.Empty;
        if (versionId is not null)
        {
            text = text.Length == 0 ? versionId : $"{text} ({versionId})";
        }

        return date is { } known ? $"{text} {known.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)}".TrimStart() : text;
    }
}
