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
        if (fields.HasFlag(BoxFields.SequenceId))
        {
            _json.WriteString("sequence_id"u8, file.ETag);
        }

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

        if (fields.HasFlag(BoxFields.Name))
        {
            _json.WriteString("name"u8, current.Name);
        }

        if (fields.HasFlag(BoxFields.Description))
        {
            _json.WriteString("description"u8, ""u8);
        }

        if (fields.HasFlag(BoxFields.Size))
        {
            _json.WriteNumber("size"u8, current.Content.Size);
        }

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

        if (fields.HasFlag(BoxFields.ModifiedAt))
        {
            _json.WriteString("modified_at"u8, current.ModifiedAt);
        }

        // Box does not have these dates for every file.
        bool isKnown = Mix.Hash(file.Id) % 8 != 0;
        if (fields.HasFlag(BoxFields.ContentCreatedAt))
        {
            Date("content_created_at"u8, isKnown ? file.Oldest.CreatedAt.AddHours(-1) : null);
        }

        if (fields.HasFlag(BoxFields.ContentModifiedAt))
        {
            Date("content_modified_at"u8, current.ContentModifiedAt ?? (isKnown ? current.CreatedAt.AddMinutes(-5) : null));
        }

        if (fields.HasFlag(BoxFields.TrashedAt))
        {
            _json.WriteNull("trashed_at"u8);
        }

        if (fields.HasFlag(BoxFields.PurgedAt))
        {
            _json.WriteNull("purged_at"u8);
        }

        if (fields.HasFlag(BoxFields.DispositionAt))
        {
            Date("disposition_at"u8, BoxRetention.Of(current, settings)?.DispositionAt);
        }
    }

    private void FileUsers(BoxFile file, BoxVersion current, BoxFields fields)
    {
        if (fields.HasFlag(BoxFields.CreatedBy))
        {
            User("created_by"u8, file.Oldest.ModifiedBy ?? Account.Ada, nullToo: true);
        }

        if (fields.HasFlag(BoxFields.ModifiedBy))
        {
            User("modified_by"u8, current.ModifiedBy, nullToo: true);
        }

        if (fields.HasFlag(BoxFields.OwnedBy))
        {
            User("owned_by"u8, Account.Ada, nullToo: true);
        }

        if (fields.HasFlag(BoxFields.UploaderDisplayName))
        {
            _json.WriteString("uploader_display_name"u8, current.Uploader ?? asking.Name);
        }
    }

    private void FileDetails(BoxVersion current, BoxFields fields)
    {
        if (fields.HasFlag(BoxFields.VersionNumber))
        {
            _json.WriteString("version_number"u8, current.Number.ToString(CultureInfo.InvariantCulture));
        }

        if (fields.HasFlag(BoxFields.Extension))
        {
            _json.WriteString("extension"u8, Extension(current.Name));
        }

        if (fields.HasFlag(BoxFields.Lock))
        {
            _json.WriteNull("lock"u8);
        }

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
