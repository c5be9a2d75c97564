using FileVersions.Services;

namespace FileVersions.Box;

/// <summary>The columns of Box's objects in exported files.</summary>
public static class BoxColumns
{
    internal static readonly ColumnTable<BoxUser> s_user = new(
        ("Id", static user => user.Id),
        ("Name", static user => user.Name),
        ("Login", static user => user.Login));

    /// <summary>The columns of a version.</summary>
    public static ColumnTable Version { get; } = new ColumnTable<BoxFileVersion>(
        ("FileId", static version => version.FileId),
        ("VersionId", static version => version.VersionId),
        ("VersionNumber", static version => version.VersionNumber),
        ("Name", static version => version.Name),
        ("FilePath", static version => version.FilePath),
        ("Size", static version => version.Size),
        ("Sha1", static version => version.Sha1),
        ("CreatedAt", static version => version.CreatedAt),
        ("ModifiedAt", static version => version.ModifiedAt),
        ("ModifiedBy", static version => version.ModifiedBy),
        ("UploaderDisplayName", static version => version.UploaderDisplayName),
        ("TrashedAt", static version => version.TrashedAt),
        ("TrashedBy", static version => version.TrashedBy),
        ("RestoredAt", static version => version.RestoredAt),
        ("RestoredBy", static version => version.RestoredBy),
        ("PurgedAt", static version => version.PurgedAt),
        ("IsCurrent", static version => version.IsCurrent));
}
