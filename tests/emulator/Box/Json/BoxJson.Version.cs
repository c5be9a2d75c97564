using System.Buffers;
using System.Globalization;
using System.Text.Json.Nodes;
using FileVersions.Emulator.Http;

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
        Field(fields, BoxFields.Name, "name"u8, version.Name);
        Field(fields, BoxFields.Size, "size"u8, version.Content.Size);
        Field(fields, BoxFields.CreatedAt, "created_at"u8, version.CreatedAt);
        Field(fields, BoxFields.ModifiedAt, "modified_at"u8, version.ModifiedAt);
        Field(fields, BoxFields.ModifiedBy, "modified_by"u8, version.ModifiedBy);
        Field(fields, BoxFields.TrashedAt, "trashed_at"u8, version.TrashedAt);
        Field(fields, BoxFields.TrashedBy, "trashed_by"u8, version.TrashedBy, nullToo: asked);
        Field(fields, BoxFields.RestoredAt, "restored_at"u8, version.RestoredAt);
        Field(fields, BoxFields.RestoredBy, "restored_by"u8, version.RestoredBy, nullToo: asked);
        Field(fields, BoxFields.PurgedAt, "purged_at"u8, version.PurgedAt);
        Field(fields, BoxFields.UploaderDisplayName, "uploader_display_name"u8, version.Uploader ?? asking.Name);
        Field(fields, BoxFields.VersionNumber, "version_number"u8, version.Number.ToString(CultureInfo.InvariantCulture));

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

        Field(fields, BoxFields.Extension, "extension"u8, Extension(version.Name));

        if (fields.HasFlag(BoxFields.IsDownloadAvailable))
        {
            _json.WriteBoolean("is_download_available"u8, true);
        }

        Field(fields, BoxFields.AuthenticatedDownloadUrl, "authenticated_download_url"u8, $"https://api.box.com/2.0/internal_files/{version.Id}/content");
        Field(fields, BoxFields.PromotedBy, "promoted_by"u8, version.PromotedBy);
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

        JsonText.With(JsonNode.Parse(plain.WrittenSpan)!.AsObject(), extra).WriteTo(_json);
    }
}
