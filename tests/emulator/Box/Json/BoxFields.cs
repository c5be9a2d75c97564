using System.Numerics;
using System.Text.Json;

namespace FileVersions.Emulator.Box;

/// <summary>The fields that a request selects. <c>id</c> and <c>type</c> are always sent; so are the <c>sha1</c> of a version and the <c>etag</c> of a file or folder.</summary>
[Flags]
internal enum BoxFields : long
{
    None = 0,
    Name = 1 << 0,
    Size = 1 << 1,
    CreatedAt = 1 << 2,
    ModifiedAt = 1 << 3,
    ModifiedBy = 1 << 4,
    TrashedAt = 1 << 5,
    TrashedBy = 1 << 6,
    RestoredAt = 1 << 7,
    RestoredBy = 1 << 8,
    PurgedAt = 1 << 9,
    UploaderDisplayName = 1 << 10,
    VersionNumber = 1 << 11,
    Permissions = 1 << 12,
    Retention = 1 << 13,
    Extension = 1 << 14,
    IsDownloadAvailable = 1 << 15,
    AuthenticatedDownloadUrl = 1 << 16,
    PromotedBy = 1 << 17,
    FileVersion = 1 << 18,
    CreatedBy = 1 << 19,
    OwnedBy = 1 << 20,
    ItemStatus = 1 << 21,
    Parent = 1 << 22,
    Description = 1 << 23,

    Sha1 = 1 << 24,
    SequenceId = 1 << 25,
    PathCollection = 1 << 26,
    ContentCreatedAt = 1 << 27,
    ContentModifiedAt = 1 << 28,
    DispositionAt = 1 << 29,
    Lock = 1L << 30,
    SharedLink = 1L << 31,
    Tags = 1L << 32,
    Url = 1L << 33,
    FolderUploadEmail = 1L << 34,
    ItemCollection = 1L << 35,

    /// <summary>The request has <c>fields</c>. Named fields are sent even if null.</summary>
    Asked = 1L << 40,

    /// <summary>The fields of a version when the request names none.</summary>
    Standard = Name | Size | CreatedAt | ModifiedAt | ModifiedBy | TrashedAt | TrashedBy | RestoredAt | RestoredBy | PurgedAt | UploaderDisplayName,

    /// <summary>The fields of an item in a list when the request names none.</summary>
    StandardItem = Name | SequenceId | Sha1 | FileVersion | Url,

    /// <summary>The fields of a file when the request names none.</summary>
    StandardFile = StandardItem | Description | Size | PathCollection | CreatedAt | ModifiedAt | TrashedAt | PurgedAt | ContentCreatedAt | ContentModifiedAt
        | CreatedBy | ModifiedBy | OwnedBy | SharedLink | Parent | ItemStatus,

    /// <summary>The fields of a folder when the request names none.</summary>
    StandardFolder = StandardFile | FolderUploadEmail | ItemCollection,
}

internal static class BoxFieldNames
{
    private static readonly Dictionary<string, BoxFields> s_byName = Enum.GetValues<BoxFields>()
        .Where(field => field != BoxFields.Asked && BitOperations.IsPow2((long)field))
        .ToDictionary(field => JsonNamingPolicy.SnakeCaseLower.ConvertName(field.ToString()), StringComparer.Ordinal);

    /// <summary>Reads the value of <c>fields</c>; unknown names are ignored.</summary>
    internal static BoxFields Parse(string? value, BoxFields standard)
    {
        if (string.IsNullOrEmpty(value))
        {
            return standard;
        }

        BoxFields fields = BoxFields.Asked;
        foreach (string name in value.Split(','))
        {
            fields |= s_byName.GetValueOrDefault(name.Trim());
        }

        return fields;
    }
}
