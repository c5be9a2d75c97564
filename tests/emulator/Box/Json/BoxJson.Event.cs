using System.Globalization;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Box;

/// <summary>Events.</summary>
internal sealed partial class BoxJson
{
    internal void Events(IReadOnlyList<(int Position, BoxEvent Event)> events, long nextPosition)
    {
        _json.WriteStartObject();
        _json.WriteNumber("chunk_size"u8, events.Count);
        if (settings.NumericStreamPosition)
        {
            _json.WriteNumber("next_stream_position"u8, nextPosition);
        }
        else
        {
            _json.WriteString("next_stream_position"u8, nextPosition.ToString(CultureInfo.InvariantCulture));
        }

        _json.WriteStartArray("entries"u8);
        foreach ((int position, BoxEvent item) in events)
        {
            Event(position, item);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void Event(int position, BoxEvent item)
    {
        ulong random = Mix.Scramble((ulong)position);
        _json.WriteStartObject();
        EventSource(item.Source, withOwner: random % 4 != 0);
        User("created_by"u8, item.By, nullToo: true);
        _json.WriteNull("action_by"u8);
        _json.WriteString("created_at"u8, item.CreatedAt);
        _json.WriteString("event_id"u8, new Guid((int)random, (short)position, 0x4cc3, 0x89, 0xa8, 0, 0, 0, 0, (byte)(position >> 24), (byte)(position >> 16)));
        _json.WriteString("event_type"u8, item.Type);
        _json.WriteString("ip_address"u8, "Unknown IP"u8);
        _json.WriteString("type"u8, "event"u8);
        _json.WriteNull("session_id"u8);
        EventDetails(item.Source?.Version);
        _json.WriteEndObject();
    }

    private void EventSource(BoxEventSource? source, bool withOwner)
    {
        if (source is null)
        {
            _json.WriteNull("source"u8);
            return;
        }

        _json.WriteStartObject("source"u8);
        _json.WriteString("item_type"u8, source.ItemType);
        _json.WriteString("item_id"u8, source.Id);
        _json.WriteString("item_name"u8, source.Name);
        _json.WriteStartObject("parent"u8);
        _json.WriteString("type"u8, "folder"u8);
        _json.WriteString("name"u8, source.Folder.Name);
        _json.WriteString("id"u8, source.Folder.Id);
        _json.WriteEndObject();
        if (withOwner)
        {
            User("owned_by"u8, Account.Ada, nullToo: true);
        }

        _json.WriteEndObject();
    }

    private void EventDetails(BoxEventVersion? version)
    {
        if (version is null)
        {
            _json.WriteNull("additional_details"u8);
            return;
        }

        _json.WriteStartObject("additional_details"u8);
        _json.WriteNumber("size"u8, version.Size);
        _json.WriteString("ekm_id"u8, "8afe49be-4ced-42cb-a3b0-8342a1cfe111"u8);
        _json.WriteString("version_id"u8, version.Id);
        _json.WriteString("service_id"u8, "5555"u8);
        _json.WriteString("service_name"u8, "Box Drive"u8);
        _json.WriteEndObject();
    }
}
