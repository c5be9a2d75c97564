namespace FileVersions.Emulator.Box;

/// <summary>The replies of the upload endpoints.</summary>
internal sealed partial class BoxJson
{
    internal void Uploaded(BoxFile file, BoxFields fields)
    {
        _json.WriteStartObject();
        _json.WriteNumber("total_count"u8, 1);
        _json.WriteStartArray("entries"u8);
        File(file, fields);
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    /// <param name="session">The session.</param>
    /// <param name="address">Where its endpoints are.</param>
    internal void UploadSession(BoxUploadSession session, string address)
    {
        _json.WriteStartObject();
        _json.WriteString("id"u8, session.Id);
        _json.WriteString("type"u8, "upload_session"u8);
        _json.WriteNumber("num_parts_processed"u8, session.Parts.Length);
        _json.WriteNumber("part_size"u8, session.PartSize);
        _json.WriteNumber("total_parts"u8, session.TotalParts);
        _json.WriteString("session_expires_at"u8, session.ExpiresAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        _json.WriteStartObject("session_endpoints"u8);
        _json.WriteString("list_parts"u8, address + "/parts");
        _json.WriteString("commit"u8, address + "/commit");
        _json.WriteString("log_event"u8, address + "/log");
        _json.WriteString("upload_part"u8, address);
        _json.WriteString("status"u8, address);
        _json.WriteString("abort"u8, address);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    internal void UploadPart(BoxUploadPart part)
    {
        _json.WriteStartObject();
        _json.WriteStartObject("part"u8);
        PartMembers(part, part.Sha1);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    /// <summary>A page of parts. As in Box's own replies, the SHA-1 of every part is null.</summary>
    internal void UploadParts(BoxUploadPart[] parts, int offset, int limit)
    {
        _json.WriteStartObject();
        _json.WriteStartArray("entries"u8);
        foreach (BoxUploadPart part in parts.Skip(offset).Take(limit))
        {
            _json.WriteStartObject();
            PartMembers(part, null);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteNumber("offset"u8, offset);
        _json.WriteNumber("limit"u8, limit);
        _json.WriteNumber("total_count"u8, parts.Length);
        _json.WriteEndObject();
    }

    private void PartMembers(BoxUploadPart part, string? sha1)
    {
        _json.WriteString("part_id"u8, part.Id);
        _json.WriteNumber("offset"u8, part.Offset);
        _json.WriteNumber("size"u8, part.Size);
        _json.WriteString("sha1"u8, sha1);
    }
}
