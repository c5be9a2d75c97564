using System;
using System.Collections.Generic;
using System.Linq;

namespace FileVersions.Box;

/// <summary>The names that Box's <c>fields</c> parameter takes for a version.</summary>
public static class BoxFields
{
    /// <summary>Every field that Box documents for a version, in the order of its OpenAPI document.</summary>
    public static IReadOnlyList<string> Documented { get; } =
    [
        "id", "type", "sha1", "name", "size", "created_at", "modified_at", "modified_by", "trashed_at", "trashed_by",
        "restored_at", "restored_by", "purged_at", "uploader_display_name", "version_number",
    ];

    /// <summary>Fields that Box's own web page asks for and gets, and that Box does not document.</summary>
    public static IReadOnlyList<string> Undocumented { get; } =
    [
        "permissions", "retention", "extension", "is_download_available", "authenticated_download_url", "promoted_by",
    ];

    // What a file has of a version; its created_at is the file's, not the version's.
    private static readonly HashSet<string> s_sharedWithFile = new(StringComparer.Ordinal)
    {
        "name", "size", "sha1", "modified_at", "modified_by", "trashed_at", "purged_at", "uploader_display_name", "version_number",
    };

    // Made once: each page asks for it.
    private static readonly string s_documented = Join(Documented);

    /// <summary>The value of <c>fields</c>, escaped: one comma-separated text.</summary>
    internal static string ForVersion(IReadOnlyList<string>? fields) => fields is null ? s_documented : Join(fields);

    /// <summary>The value of <c>fields</c> for the file whose current version is asked for, escaped.</summary>
    internal static string ForFile(IReadOnlyList<string>? fields)
    {
        var names = new List<string> { "file_version" };
        foreach (string field in fields ?? Documented)
        {
            if (s_sharedWithFile.Contains(field))
            {
                names.Add(field);
            }
        }

        return Join(names);
    }

    /// <summary>Whether the file itself has all these fields of its current version.</summary>
    internal static bool AreSharedWithFile(IReadOnlyList<string>? fields) => (fields ?? Documented).All(s_sharedWithFile.Contains);

    private static string Join(IEnumerable<string> names) => string.Join(",", names.Select(Uri.EscapeDataString));
}
