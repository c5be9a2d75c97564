using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.Box;

/// <summary>Writes Box's objects as Box does.</summary>
internal sealed class BoxJson(IBufferWriter<byte> output, EmulatorSettings settings, Account asking) : IDisposable
{
    private readonly Utf8JsonWriter _json = JsonText.Writer(output);

    public void Dispose() => _json.Dispose();

    internal void Page(BoxFile file, long offset, int limit, BoxFields fields)
    {
        _json.WriteStartObject();
        if (!Omitted("total_count"))
        {
            _json.WriteNumber("total_count"u8, file.PastCount + settings.TotalCountBias);
        }

        _json.WriteStartArray("entries"u8);
        long end = Math.Min(offset + limit, file.PastCount);
        for (long i = offset; i < end; i++)
        {
            BoxVersion version = file.Past((int)i);
            if (!settings.ShortPages || !BoxGenerator.IsHidden(file.Id, version.Number))
            {
                Version(version, fields);
            }
        }

        _json.WriteEndArray();
        if (!Omitted("limit"))
        {
            _json.WriteNumber("limit"u8, limit);
        }

        if (!Omitted("offset"))
        {
            _json.WriteNumber("offset"u8, offset);
        }

        _json.WriteEndObject();
    }

    internal void Version(BoxVersion version, BoxFields fields)
    {
        if (version.Raw is { } raw)
        {
            raw.WriteTo(_json);
            return;
        }

        if (version.Extra is { Count: > 0 } extra)
        {
            Merged(version, fields, extra);
            return;
        }

        _json.WriteStartObject();
        _json.WriteString("type"u8, "file_version"u8);
        Id(version.Id);
        _json.WriteString("sha1"u8, version.Content.Sha1);
        bool asked = fields.HasFlag(BoxFields.Asked);
        if (fields.HasFlag(BoxFields.Name))
        {
            _json.WriteString("name"u8, version.Name);
        }

        if (fields.HasFlag(BoxFields.Size))
        {
            _json.WriteNumber("size"u8, version.Content.Size);
        }

        if (fields.HasFlag(BoxFields.CreatedAt))
        {
            _json.WriteString("created_at"u8, version.CreatedAt);
        }

        if (fields.HasFlag(BoxFields.ModifiedAt))
        {
            _json.WriteString("modified_at"u8, version.ModifiedAt);
        }

        if (fields.HasFlag(BoxFields.ModifiedBy))
        {
            User("modified_by"u8, version.ModifiedBy, nullToo: true);
        }

        if (fields.HasFlag(BoxFields.TrashedAt))
        {
            Date("trashed_at"u8, version.TrashedAt);
        }

        if (fields.HasFlag(BoxFields.TrashedBy))
        {
            User("trashed_by"u8, version.TrashedBy, asked);
        }

        if (fields.HasFlag(BoxFields.RestoredAt))
        {
            Date("restored_at"u8, version.RestoredAt);
        }

        if (fields.HasFlag(BoxFields.RestoredBy))
        {
            User("restored_by"u8, version.RestoredBy, asked);
        }

        if (fields.HasFlag(BoxFields.PurgedAt))
        {
            Date("purged_at"u8, version.PurgedAt);
        }

        if (fields.HasFlag(BoxFields.UploaderDisplayName))
        {
            _json.WriteString("uploader_display_name"u8, version.Uploader ?? asking.Name);
        }

        if (fields.HasFlag(BoxFields.VersionNumber))
        {
            _json.WriteString("version_number"u8, version.Number.ToString(CultureInfo.InvariantCulture));
        }

        const BoxFields Undocumented = BoxFields.Permissions | BoxFields.Retention | BoxFields.Extension | BoxFields.IsDownloadAvailable
            | BoxFields.AuthenticatedDownloadUrl | BoxFields.PromotedBy;
        BoxFields undocumented = settings.ExtraFields ? Undocumented : fields & Undocumented;
        if (undocumented != BoxFields.None)
        {
            WriteUndocumented(version, undocumented);
        }

        _json.WriteEndObject();
    }

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

    internal void UserObject(Account user)
    {
        _json.WriteStartObject();
        UserMembers(user);
        _json.WriteEndObject();
    }

    private static string Extension(string name) => Path.GetExtension(name).TrimStart('.');

    private void WriteUndocumented(BoxVersion version, BoxFields fields)
    {
        if (fields.HasFlag(BoxFields.Permissions))
        {
            _json.WriteStartObject("permissions"u8);
            _json.WriteBoolean("can_download"u8, true);
            _json.WriteBoolean("can_delete"u8, version.Number % 5 != 0);
            _json.WriteEndObject();
        }

        if (fields.HasFlag(BoxFields.Retention))
        {
            _json.WriteNull("retention"u8);
        }

        if (fields.HasFlag(BoxFields.Extension))
        {
            _json.WriteString("extension"u8, Extension(version.Name));
        }

        if (fields.HasFlag(BoxFields.IsDownloadAvailable))
        {
            _json.WriteBoolean("is_download_available"u8, true);
        }

        if (fields.HasFlag(BoxFields.AuthenticatedDownloadUrl))
        {
            _json.WriteString("authenticated_download_url"u8, $"https://api.box.com/2.0/internal_files/{version.Id}/content");
        }

        if (fields.HasFlag(BoxFields.PromotedBy))
        {
            User("promoted_by"u8, version.PromotedBy, nullToo: true);
        }
    }

    private void Merged(BoxVersion version, BoxFields fields, JsonObject extra)
    {
        var plain = new ArrayBufferWriter<byte>();
        using (var json = new BoxJson(plain, settings, asking))
        {
            json.Version(version with { Extra = null }, fields);
        }

        JsonObject merged = JsonNode.Parse(plain.WrittenSpan)!.AsObject();
        foreach (KeyValuePair<string, JsonNode?> property in extra)
        {
            merged[property.Key] = property.Value?.DeepClone();
        }

        merged.WriteTo(_json);
    }

    private bool Omitted(string name)
    {
        foreach (string omitted in settings.OmitPaging)
        {
            if (omitted.Equals(name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private void Id(string id)
    {
        if (settings.NumericIds && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            _json.WriteNumber("id"u8, number);
        }
        else
        {
            _json.WriteString("id"u8, id);
        }
    }

    private void Date(ReadOnlySpan<byte> name, DateTimeOffset? date)
    {
        if (date is { } value)
        {
            _json.WriteString(name, value);
        }
        else
        {
            _json.WriteNull(name);
        }
    }

    private void User(ReadOnlySpan<byte> name, Account? user, bool nullToo)
    {
        if (user is not null)
        {
            _json.WriteStartObject(name);
            UserMembers(user);
            _json.WriteEndObject();
        }
        else if (nullToo)
        {
            _json.WriteNull(name);
        }
    }

    private void UserMembers(Account user)
    {
        _json.WriteString("type"u8, "user"u8);
        _json.WriteString("id"u8, user.Id);
        _json.WriteString("name"u8, user.Name);
        _json.WriteString("login"u8, user.Login);
    }
}
