using FileVersions.Json;

namespace FileVersions.Box.Replies;

internal static class BoxEventReplies
{
    // Enterprise streams name an item's fields item_type and item_id; user streams send the item itself.
    private static readonly FieldTable<BoxItem> s_source = new(
        ("item_type", static (item, ref value) => item.Type = value.ReadText()),
        ("item_id", static (item, ref value) => item.Id = value.ReadOptionalId()),
        ("type", static (item, ref value) => item.Type = value.ReadText()),
        ("id", static (item, ref value) => item.Id = value.ReadOptionalId()));

    private static readonly FieldTable<BoxEvent> s_event = new(
        ("source", static (entry, ref value) => entry.Source = s_source.Read(ref value)),
        ("created_by", static (entry, ref value) => entry.CreatedBy = BoxVersionReplies.User.Read(ref value)));

    private static readonly FieldTable<BoxEventPage> s_page = new(
        ("chunk_size", static (page, ref value) => page.ChunkSize = value.ReadWhole() ?? page.ChunkSize),
        ("next_stream_position", static (page, ref value) => page.NextPosition = value.ReadId()),
        ("entries", static (page, ref value) => page.Events = value.ReadObjects(s_event)));

    /// <summary>Reads a page of events. If the reply does not say how many it has, they are counted.</summary>
    internal static BoxEventPage ReadPage(ReadOnlyMemory<byte> reply)
    {
        BoxEventPage page = s_page.ReadObject(reply);
        page.ChunkSize = Math.Max(page.ChunkSize, (page.Events ?? throw ReplyReader.Missing("entries")).Count);
        return page;
    }
}
