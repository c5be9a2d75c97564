using System.Buffers;
using System.Globalization;
using System.Text.Json.Nodes;

namespace FileVersions.Emulator.Box;

/// <summary>Versions, and pages of them.</summary>
internal sealed partial class BoxJson
{
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

    private void WriteUndocumented(BoxVersion version, BoxFields fields)
    {
        if (fields.HasFlag(BoxFields.Permissions))
        {
            _json.WriteStartObject("permissions"u8);
            _json.WriteBoolean("can_download"u8, version.TrashedAt is null);
            _json.WriteBoolean("can_delete"u8, version.TrashedAt is null && !BoxRetention.PreventsDeletion(version, settings));
            _json.WriteBoolean("can_preview"u8, version.TrashedAt is null);
            _json.WriteBoolean("can_upload"u8, true);
            _json.WriteEndObject();
        }

        if (fields.HasFlag(BoxFields.Retention))
        {
            Retention(BoxRetention.Of(version, settings));
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

    private void Retention(BoxRetention? retention)
    {
        if (retention is null)
        {
            _json.WriteNull("retention"u8);
            return;
        }

        _json.WriteStartObject("retention"u8);
        _json.WriteString("id"u8, BoxRetention.Id);
        _json.WriteString("applied_at"u8, retention.AppliedAt);
        Date("disposition_at"u8, retention.DispositionAt);
        _json.WriteStartObject("winning_retention_policy"u8);
        _json.WriteString("type"u8, "retention_policy"u8);
        _json.WriteString("id"u8, BoxRetention.PolicyId);
        _json.WriteString("policy_name"u8, BoxRetention.PolicyName);
        if (retention.Days is { } days)
        {
            _json.WriteString("retention_length"u8, days.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            _json.WriteString("retention_length"u8, "indefinite"u8);
        }

        _json.WriteString("disposition_action"u8, "remove_retention"u8);
        _json.WriteEndObject();
        _json.WriteEndObject();
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
}
