namespace FileVersions.Emulator.Box;

/// <summary>Pages of folder items.</summary>
internal sealed partial class BoxJson
{
    internal void ItemsByOffset(BoxItems items, int offset, int limit, BoxFields fields)
    {
        _json.WriteStartObject();
        if (!Omitted("total_count"))
        {
            _json.WriteNumber("total_count"u8, items.Count);
        }

        Entries(items, offset, offset + (long)limit, fields);
        if (!Omitted("limit"))
        {
            _json.WriteNumber("limit"u8, limit);
        }

        if (!Omitted("offset"))
        {
            _json.WriteNumber("offset"u8, offset);
        }

        Order();
        _json.WriteEndObject();
    }

    internal void ItemsByMarker(BoxItems items, int start, int limit, BoxFields fields)
    {
        int end = (int)long.Min(items.Count, start + (long)(settings.ShortPages ? (limit + 1) / 2 : limit));
        _json.WriteStartObject();
        if (settings.MarkerTotalCount)
        {
            _json.WriteNumber("total_count"u8, items.Count);
        }

        Entries(items, int.Max(0, start - settings.RepeatEntries), end, fields);
        if (!Omitted("limit"))
        {
            _json.WriteNumber("limit"u8, limit);
        }

        if (end < items.Count)
        {
            _json.WriteString("next_marker"u8, BoxMarker.Write(items[end - 1].Key));
        }
        else if (settings.LastMarker != LastMarker.Absent)
        {
            _json.WriteString("next_marker"u8, settings.LastMarker == LastMarker.Null ? null : "");
        }

        Order();
        _json.WriteEndObject();
    }

    private void Entries(BoxItems items, long start, long end, BoxFields fields)
    {
        _json.WriteStartArray("entries"u8);
        for (long i = start; i < end && i < items.Count; i++)
        {
            switch (items[(int)i])
            {
                case { Folder: { } folder }:
                    Folder(folder, fields);
                    break;
                case { File: { } file }:
                    File(file, fields);
                    break;
                case { Link: { } link }:
                    WebLink(link, fields);
                    break;
            }
        }

        _json.WriteEndArray();
    }

    private void WebLink(BoxItemKey link, BoxFields fields)
    {
        _json.WriteStartObject();
        _json.WriteString("type"u8, "web_link"u8);
        Id(link.Id);
        _json.WriteString("etag"u8, "0"u8);
        Field(fields, BoxFields.SequenceId, "sequence_id"u8, "0");
        Field(fields, BoxFields.Name, "name"u8, link.Name);
        Field(fields, BoxFields.Url, "url"u8, "https://intranet.example.com/" + link.Id);

        _json.WriteEndObject();
    }

    private void Order()
    {
        _json.WriteStartArray("order"u8);
        foreach (string by in (System.ReadOnlySpan<string>)["type", "name"])
        {
            _json.WriteStartObject();
            _json.WriteString("by"u8, by);
            _json.WriteString("direction"u8, "ASC"u8);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }
}
