namespace FileVersions.PS.Parameters;

/// <summary>Converts the names of a version's properties to the names of Box's fields.</summary>
internal static class BoxFieldNames
{
    private static readonly Dictionary<string, string> s_fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["VersionId"] = "id",
        ["VersionNumber"] = "version_number",
        ["CreatedAt"] = "created_at",
        ["ModifiedAt"] = "modified_at",
        ["ModifiedBy"] = "modified_by",
        ["UploaderDisplayName"] = "uploader_display_name",
        ["TrashedAt"] = "trashed_at",
        ["TrashedBy"] = "trashed_by",
        ["RestoredAt"] = "restored_at",
        ["RestoredBy"] = "restored_by",
        ["PurgedAt"] = "purged_at",
        ["Name"] = "name",
        ["Size"] = "size",
        ["Sha1"] = "sha1",
    };

    /// <summary>The fields to request. Names that are not properties are Box's own, such as undocumented fields, and stay as they are.</summary>
    /// <param name="names">Names, or lists of names separated by commas; null for all documented fields.</param>
    internal static IReadOnlyList<string>? Parse(string[]? names) => names?
        .SelectMany(static name => name.Split([','], StringSplitOptions.RemoveEmptyEntries))
        .Select(static name => s_fields.TryGetValue(name.Trim(), out string? field) ? field : name.Trim())
        .ToList();
}
