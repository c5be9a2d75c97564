using System.Globalization;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Box;

/// <summary>Files.</summary>
internal sealed partial class BoxJson
{
    internal void File(BoxFile file, BoxFields fields)
    {
        BoxVersion current = file.Current;
        _json.WriteStartObject();
        _json.WriteString("type"u8, "file"u8);
        Id(file.Id);
        _json.WriteString("etag"u8, file.ETag);
        Field(fields, BoxFields.SequenceId, "sequence_id"u8, file.ETag);

        if (fields.HasFlag(BoxFields.Sha1))
        {
            _json.WriteString("sha1"u8, current.Content.Sha1);
        }

        if (fields.HasFlag(BoxFields.FileVersion))
        {
            _json.WriteStartObject("file_version"u8);
            _json.WriteString("type"u8, "file_version"u8);
            Id(current.Id);
            _json.WriteString("sha1"u8, current.Content.Sha1);
            _json.WriteEndObject();
        }

        Field(fields, BoxFields.Name, "name"u8, current.Name);
        Field(fields, BoxFields.Description, "description"u8, "");
        Field(fields, BoxFields.Size, "size"u8, current.Content.Size);

        FileDates(file, current, fields);
        FileUsers(file, current, fields);
        Place(file.Folder, fields);
        FileDetails(current, fields);
        _json.WriteEndObject();
    }

    private void FileDates(BoxFile file, BoxVersion current, BoxFields fields)
    {
        if (fields.HasFlag(BoxFields.CreatedAt))
        {
            _json.WriteString("created_at"u8, file.Oldest.CreatedAt);
        }

        Field(fields, BoxFields.ModifiedAt, "modified_at"u8, current.ModifiedAt);

        // Box does not have these dates for every file.
        bool isKnown = Mix.Hash(file.Id) % 8 != 0;
        if (fields.HasFlag(BoxFields.ContentCreatedAt))
        {
            Date("content_created_at"u8, isKnown ? file.Oldest.CreatedAt.AddHours(-1) : null);
        }

        Field(fields, BoxFields.ContentModifiedAt, "content_modified_at"u8, current.ContentModifiedAt ?? (isKnown ? current.CreatedAt.AddMinutes(-5) : null));
        NullField(fields, BoxFields.TrashedAt, "trashed_at"u8);
        NullField(fields, BoxFields.PurgedAt, "purged_at"u8);
        Field(fields, BoxFields.DispositionAt, "disposition_at"u8, BoxRetention.Of(current, settings)?.DispositionAt);
    }

    private void FileUsers(BoxFile file, BoxVersion current, BoxFields fields)
    {
        if (fields.HasFlag(BoxFields.CreatedBy))
        {
            User("created_by"u8, file.Oldest.ModifiedBy ?? Account.Ada, nullToo: true);
        }

        Field(fields, BoxFields.ModifiedBy, "modified_by"u8, current.ModifiedBy);
        Field(fields, BoxFields.OwnedBy, "owned_by"u8, Account.Ada);
        Field(fields, BoxFields.UploaderDisplayName, "uploader_display_name"u8, current.Uploader ?? asking.Name);
    }

    private void FileDetails(BoxVersion current, BoxFields fields)
    {
        Field(fields, BoxFields.VersionNumber, "version_number"u8, current.Number.ToString(CultureInfo.InvariantCulture));
        Field(fields, BoxFields.Extension, "extension"u8, Extension(current.Name));
        NullField(fields, BoxFields.Lock, "lock"u8);

        if (fields.HasFlag(BoxFields.Permissions))
        {
            Permissions(
                "can_delete",
                "can_download",
                "can_invite_collaborator",
                "can_rename",
                "can_set_share_access",
                "can_share",
                "can_annotate",
                "can_comment",
                "can_preview",
                "can_upload",
                "can_view_annotations_all",
                "can_view_annotations_self");
        }
    }

    private void Permissions(params ReadOnlySpan<string> names)
    {
        _json.WriteStartObject("permissions"u8);
        foreach (string name in names)
        {
            _json.WriteBoolean(name, true);
        }

        _json.WriteEndObject();
    }
}
