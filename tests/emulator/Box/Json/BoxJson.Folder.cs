using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Box;

/// <summary>Folders, and the place of an item.</summary>
internal sealed partial class BoxJson
{
    private static readonly Account s_noUser = new("", "", "");

    /// <summary>Writes a folder. Its size is invented.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="fields">The requested fields.</param>
    /// <param name="items">Its items for <c>item_collection</c>; null to omit it.</param>
    internal void Folder(BoxFolder folder, BoxFields fields, BoxItems? items = null)
    {
        bool isRoot = folder.Parent is null;
        _json.WriteStartObject();
        FolderMini(folder, fields.HasFlag(BoxFields.SequenceId), fields.HasFlag(BoxFields.Name));
        Field(fields, BoxFields.Description, "description"u8, "");
        Field(fields, BoxFields.Size, "size"u8, (long)(Mix.Hash(folder.Id) % 10_000_000_000));
        Field(fields, BoxFields.CreatedAt, "created_at"u8, folder.CreatedAt);
        Field(fields, BoxFields.ModifiedAt, "modified_at"u8, folder.CreatedAt);
        Field(fields, BoxFields.ContentCreatedAt, "content_created_at"u8, folder.CreatedAt);
        Field(fields, BoxFields.ContentModifiedAt, "content_modified_at"u8, folder.CreatedAt);
        NullField(fields, BoxFields.TrashedAt, "trashed_at"u8);
        NullField(fields, BoxFields.PurgedAt, "purged_at"u8);
        Field(fields, BoxFields.CreatedBy, "created_by"u8, isRoot ? s_noUser : Account.Ada);
        Field(fields, BoxFields.ModifiedBy, "modified_by"u8, Account.Ada);
        Field(fields, BoxFields.OwnedBy, "owned_by"u8, Account.Ada);
        NullField(fields, BoxFields.FolderUploadEmail, "folder_upload_email"u8);

        if (fields.HasFlag(BoxFields.Permissions))
        {
            Permissions("can_download", "can_upload", "can_rename", "can_delete", "can_share", "can_invite_collaborator", "can_set_share_access");
        }

        Place(folder.Parent, fields, folder.Ancestors);
        if (items is not null && fields.HasFlag(BoxFields.ItemCollection))
        {
            _json.WritePropertyName("item_collection"u8);
            ItemsByOffset(items, 0, 100, BoxFields.StandardItem);
        }

        _json.WriteEndObject();
    }

    /// <summary>Writes the common properties of files and folders: parent, path and status.</summary>
    private void Place(BoxFolder? parent, BoxFields fields, IReadOnlyList<BoxFolder>? path = null)
    {
        if (fields.HasFlag(BoxFields.PathCollection))
        {
            path ??= parent!.PathToItems;
            _json.WriteStartObject("path_collection"u8);
            _json.WriteNumber("total_count"u8, path.Count);
            _json.WriteStartArray("entries"u8);
            foreach (BoxFolder folder in path)
            {
                _json.WriteStartObject();
                FolderMini(folder, withSequenceId: true, withName: true);
                _json.WriteEndObject();
            }

            _json.WriteEndArray();
            _json.WriteEndObject();
        }

        NullField(fields, BoxFields.SharedLink, "shared_link"u8);

        if (fields.HasFlag(BoxFields.Tags))
        {
            _json.WriteStartArray("tags"u8);
            _json.WriteEndArray();
        }

        if (fields.HasFlag(BoxFields.Parent) && parent is not null)
        {
            _json.WriteStartObject("parent"u8);
            FolderMini(parent, withSequenceId: true, withName: true);
            _json.WriteEndObject();
        }
        else if (fields.HasFlag(BoxFields.Parent))
        {
            _json.WriteNull("parent"u8);
        }

        Field(fields, BoxFields.ItemStatus, "item_status"u8, "active");
    }

    private void FolderMini(BoxFolder folder, bool withSequenceId, bool withName)
    {
        _json.WriteString("type"u8, "folder"u8);
        Id(folder.Id);
        string? etag = folder.Id == BoxFolder.RootId ? null : "0";
        _json.WriteString("etag"u8, etag);
        if (withSequenceId)
        {
            _json.WriteString("sequence_id"u8, etag);
        }

        if (withName)
        {
            _json.WriteString("name"u8, folder.Name);
        }
    }
}
