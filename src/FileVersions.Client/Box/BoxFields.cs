namespace FileVersions.Box;

/// <summary>The values of Box's <c>fields</c> parameter.</summary>
public static class BoxFields
{
    /// <summary>All fields that Box documents for a version, in the order of its OpenAPI document.</summary>
    public static IReadOnlyList<string> Documented { get; } =
    [
        "id", "type", "sha1", "name", "size", "created_at", "modified_at", "modified_by", "trashed_at", "trashed_by",
        "restored_at", "restored_by", "purged_at", "uploader_display_name", "version_number",
    ];

    /// <summary>Fields that Box returns on request but does not document.</summary>
    public static IReadOnlyList<string> Undocumented { get; } =
    [
        "permissions", "retention", "extension", "is_download_available", "authenticated_download_url", "promoted_by",
    ];

    /// <summary>The escaped value of <c>fields</c> for a file: what <see cref="BoxFile"/> has properties for.</summary>
    internal static string File { get; } = Join(
    [
        "type", "id", "file_version", "etag", "sha1", "name", "size", "path_collection", "created_at", "modified_at", "modified_by", "parent",
        "version_number",
    ]);

    // Fields that the file itself has in common with its current version. Its created_at is the date of the file.
    private static readonly HashSet<string> s_sharedWithFile = new(StringComparer.Ordinal)
    {
        "name", "size", "sha1", "modified_at", "modified_by", "trashed_at", "purged_at", "uploader_display_name", "version_number",
    };

    // Created once, because every page requests it.
    private static readonly string s_documented = Join(Documented);

    /// <summary>The escaped value of <c>fields</c> for a version.</summary>
    internal static string ForVersion(IReadOnlyList<string>? fields) => fields is null ? s_documented : Join(fields);

    /// <summary>The escaped value of <c>fields</c> for the file whose current version is read.</summary>
    internal static string ForFile(IReadOnlyList<string>? fields) =>
        Join(["file_version", .. (fields ?? Documented).Where(s_sharedWithFile.Contains)]);

    /// <summary>Whether the file itself has all these fields of its current version.</summary>
    internal static bool AreSharedWithFile(IReadOnlyList<string>? fields) =>
        (fields ?? Documented).All(field => field is "id" or "type" || s_sharedWithFile.Contains(field));

    private static string Join(IEnumerable<string> names) => string.Join(",", names.Select(Uri.EscapeDataString));
}
