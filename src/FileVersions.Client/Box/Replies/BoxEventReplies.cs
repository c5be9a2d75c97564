using FileVersions.Json;

namespace FileVersions.Box.Replies;

/// <summary>Reads Box's replies about events.</summary>
internal static class BoxEventReplies
{
    // Enterprise streams name an item's fields item_type, item_id and item_name; user streams send the item itself.
    private static readonly FieldTable<BoxItem> s_source = new(
        ("item_type", static (item, ref value) => item.Type = value.ReadText()),
        ("item_id", static (item, ref value) => item.Id = value.ReadOptionalId()),
        ("item_name", static (item, ref value) => item.Name = value.ReadText()),
        ("type", static (item, ref value) => item.Type = value.ReadText()),
        ("id", static (item, ref value) => item.Id = value.ReadOptionalId()),
        ("name", static (item, ref value) => item.Name = value.ReadText()));

    private static readonly FieldTable<BoxEvent> s_event = new(
        ("source", static (entry, ref value) =>
        {
            BoxItem? item = s_source.Read(ref value);
            (entry.ItemType, entry.ItemId, entry.ItemName) = (item?.Type, item?.Id, item?.Name);
        }
    ),
        ("created_by", static (entry, ref value) =>
        {
            BoxUser? user = BoxVersionReplies.User.Read(ref value);
            (entry.UserId, entry.UserLogin) = (user?.Id, user?.Login);
        }
    ),
        ("created_at", static (entry, ref value) => entry.CreatedAt = value.ReadDate()),
        ("event_id", static (entry, ref value) => entry.EventId = value.ReadOptionalId()),
        ("event_type", static (entry, ref value) => entry.EventType = value.ReadText()));

    private static readonly FieldTable<BoxEventPage> s_page = new(
        ("chunk_size", static (page, ref value) => page.ChunkSize = value.ReadWhole() ?? page.ChunkSize),
        ("next_stream_position", static (page, ref value) => page.NextPosition = value.ReadId()),
        ("entries", static (page, ref value) =>
        {
            page.Events.AddRange(value.ReadObjects(s_event));
            page.HasEntries = true;
        }
    ));

    /// <summary>Reads a page of events. If the reply does not say how many it has, they are counted.</summary>
    internal static BoxEventPage ReadPage(ReadOnlyMemory<byte> reply)
    {
        BoxEventPage page = s_page.ReadObject(reply);
        if (!page.HasEntries)
        {
            throw ReplyReader.Missing("entries");
        }

        page.ChunkSize = Math.Max(page.ChunkSize, page.Events.Count);
        return page;
    }
}
