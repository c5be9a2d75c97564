using System;
using System.Collections.Generic;

namespace FileVersions.Emulator.Box;

/// <summary>Which fields of a version or a file a request asks for; <c>id</c>, <c>type</c> and <c>sha1</c> always come.</summary>
[Flags]
internal enum BoxFields
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

    /// <summary>The request named its fields: what it named comes even where it is null.</summary>
    Asked = 1 << 30,

    /// <summary>What a version holds when nothing is asked for.</summary>
    Standard = Name | Size | CreatedAt | ModifiedAt | ModifiedBy | TrashedAt | TrashedBy | RestoredAt | RestoredBy | PurgedAt | UploaderDisplayName,

    /// <summary>What a file holds when nothing is asked for.</summary>
    StandardFile = Name | Size | CreatedAt | ModifiedAt | ModifiedBy | TrashedAt | PurgedAt | FileVersion | CreatedBy | OwnedBy | ItemStatus | Parent | Description,
}

internal static class BoxFieldNames
{
    private static readonly Dictionary<string, BoxFields> s_byName = new(StringComparer.Ordinal)
    {
        ["name"] = BoxFields.Name,
        ["size"] = BoxFields.Size,
        ["created_at"] = BoxFields.CreatedAt,
        ["modified_at"] = BoxFields.ModifiedAt,
        ["modified_by"] = BoxFields.ModifiedBy,
        ["trashed_at"] = BoxFields.TrashedAt,
        ["trashed_by"] = BoxFields.TrashedBy,
        ["restored_at"] = BoxFields.RestoredAt,
        ["restored_by"] = BoxFields.RestoredBy,
        ["purged_at"] = BoxFields.PurgedAt,
        ["uploader_display_name"] = BoxFields.UploaderDisplayName,
        ["version_number"] = BoxFields.VersionNumber,
        ["permissions"] = BoxFields.Permissions,
        ["retention"] = BoxFields.Retention,
        ["extension"] = BoxFields.Extension,
        ["is_download_available"] = BoxFields.IsDownloadAvailable,
        ["authenticated_download_url"] = BoxFields.AuthenticatedDownloadUrl,
        ["promoted_by"] = BoxFields.PromotedBy,
        ["file_version"] = BoxFields.FileVersion,
        ["created_by"] = BoxFields.CreatedBy,
        ["owned_by"] = BoxFields.OwnedBy,
        ["item_status"] = BoxFields.ItemStatus,
        ["parent"] = BoxFields.Parent,
        ["description"] = BoxFields.Description,
    };

    /// <summary>Reads the value of <c>fields</c>; names that Box does not know are passed over.</summary>
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
