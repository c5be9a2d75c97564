using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.Box;

/// <summary>Read requests for folders: the folder itself, and a page of its items.</summary>
internal sealed class BoxFolderReads(BoxFolderStore folders, PageCache cache)
{
    private const int BytesPerItem = 768;

    internal Reply Folder(Call call, Account account, string id)
    {
        if (folders.Refuse(call, id, out BoxFolder folder) is { } refused)
        {
            return refused;
        }

        if (folder.Parent is not null && BoxReads.IsUnchanged(call, "0"))
        {
            return new Reply(304);
        }

        BoxFields fields = BoxFieldNames.Parse(call.Query("fields"), BoxFields.StandardFolder);
        return BoxReplies.Json(200, call.Settings, account, 4096, json => json.Folder(folder, fields, folders.Items(folder, call.Settings)));
    }

    internal Reply Items(Call call, Account account, string id)
    {
        EmulatorSettings settings = call.Settings;
        bool isChanging = settings.GrowFolderWhilePaging is not null || settings.ShrinkFolderWhilePaging is not null;
        if (!isChanging && cache.Find(call) is { } known)
        {
            return known;
        }

        int epoch = cache.Epoch;
        if (folders.Refuse(call, id, out BoxFolder folder) is { } refused)
        {
            return refused;
        }

        if (BoxWindow.Read(call, out int offset, out int limit) is { } invalid)
        {
            return invalid;
        }

        BoxItems items = folders.Items(folder, settings);
        string? marker = call.Query("marker");
        bool usesMarker = marker is not null || string.Equals(call.Query("usemarker"), "true", StringComparison.OrdinalIgnoreCase);
        int? start = string.IsNullOrEmpty(marker) ? 0 : BoxMarker.Read(marker) is { } key ? items.IndexAfter(key) : null;
        if (start is not { } first)
        {
            return BoxErrors.BadRequest("marker", "Invalid value. Expected a next_marker of this folder");
        }

        BoxFields fields = BoxFieldNames.Parse(call.Query("fields"), BoxFields.StandardItem);
        int size = 512 + (Math.Clamp(items.Count - (usesMarker ? first : offset), 0, limit) * BytesPerItem);
        Reply reply = BoxReplies.Json(200, settings, account, size, json =>
        {
            if (usesMarker)
            {
                json.ItemsByMarker(items, first, limit, fields);
            }
            else
            {
                json.ItemsByOffset(items, offset, limit, fields);
            }
        });
        folders.Listed(folder, settings);
        if (!isChanging)
        {
            cache.Keep(call, reply, epoch);
        }

        return reply;
    }
}
