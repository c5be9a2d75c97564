using System.Globalization;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Box;

/// <summary>A file.</summary>
internal sealed partial class BoxJson
{
    internal void File(BoxFile file, BoxFields fields)
    {
        BoxVersion current = file.Current;
        _json.WriteStartObject();
        _json.WriteString("type"u8, "file"u8);
        Id(file.Id);
        _json.WriteString("etag"u8, file.ETag);
        if (!fields.HasFlag(BoxFields.Asked))
        {
            _json.WriteString("sequence_id"u8, file.ETag);
        }

        _json.WriteString("sha1"u8, current.Content.Sha1);
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

        if (fields.HasFlag(BoxFields.CreatedAt))
        {
            _json.WriteString("created_at"u8, file.PastCount == 0 ? current.CreatedAt : file.Past(file.PastCount - 1).CreatedAt);
        }

        if (fields.HasFlag(BoxFields.ModifiedAt))
        {
            _json.WriteString("modified_at"u8, current.ModifiedAt);
        }

        if (fields.HasFlag(BoxFields.CreatedBy))
        {
            User("created_by"u8, Account.Ada, nullToo: true);
        }

        if (fields.HasFlag(BoxFields.ModifiedBy))
        {
            User("modified_by"u8, current.ModifiedBy, nullToo: true);
        }

        if (fields.HasFlag(BoxFields.OwnedBy))
        {
            User("owned_by"u8, Account.Ada, nullToo: true);
        }

        if (fields.HasFlag(BoxFields.TrashedAt))
        {
            _json.WriteNull("trashed_at"u8);
        }

        if (fields.HasFlag(BoxFields.PurgedAt))
        {
            _json.WriteNull("purged_at"u8);
        }

        if (fields.HasFlag(BoxFields.UploaderDisplayName))
        {
            _json.WriteString("uploader_display_name"u8, current.Uploader ?? asking.Name);
        }

        if (fields.HasFlag(BoxFields.VersionNumber))
        {
            _json.WriteString("version_number"u8, current.Number.ToString(CultureInfo.InvariantCulture));
        }

        if (fields.HasFlag(BoxFields.Extension))
        {
            _json.WriteString("extension"u8, Extension(current.Name));
        }

        if (fields.HasFlag(BoxFields.Parent))
        {
            _json.WriteStartObject("parent"u8);
            _json.WriteString("type"u8, "folder"u8);
            _json.WriteString("id"u8, "0"u8);
            _json.WriteNull("sequence_id"u8);
            _json.WriteNull("etag"u8);
            _json.WriteString("name"u8, "All Files"u8);
            _json.WriteEndObject();
        }

        if (fields.HasFlag(BoxFields.ItemStatus))
        {
            _json.WriteString("item_status"u8, "active"u8);
        }

        _json.WriteEndObject();
    }
}
