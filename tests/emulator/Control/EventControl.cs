using System.Text.Json.Nodes;
using FileVersions.Emulator.Box;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Control;

/// <summary>Adds events to Box's event log.</summary>
internal sealed class EventControl(Emulator emulator)
{
    internal JsonObject Seed(EventsSeed seed)
    {
        if (seed.Generated is { } generated)
        {
            BoxTree tree = BoxTree.OfFolder(generated.Root, out int number) is { } found && number == 0
                ? found
                : throw new InvalidDataException($"{generated.Root} is not the root of a generated tree.");
            emulator.BoxEventLog.Generate(new GeneratedBoxEvents(tree, generated.Count, generated.From, generated.To, emulator.Settings));
        }

        foreach (EventSeed item in seed.Events)
        {
            emulator.BoxEventLog.Add(new BoxEvent(item.Type, item.CreatedAt, item.CreatedBy ?? Account.Ada, Source(item)));
        }

        return new JsonObject { ["events"] = emulator.BoxEventLog.End() };
    }

    private BoxEventSource? Source(EventSeed item)
    {
        switch (item.ItemType)
        {
            case null:
                return null;
            case "folder":
                BoxFolder? folder = emulator.BoxFolders.Find(item.ItemId, emulator.Settings);
                return new BoxEventSource("folder", item.ItemId, item.ItemName ?? folder?.Name ?? "Folder", folder?.Parent ?? BoxFolder.Root, null);
            default:
                BoxFile? file = emulator.BoxFiles.Find(item.ItemId, emulator.Settings);
                BoxVersion? version = item.VersionId is { } id ? file?.Find(id) : file?.Current;
                return new BoxEventSource(
                    item.ItemType,
                    item.ItemId,
                    item.ItemName ?? version?.Name ?? file?.Current.Name ?? "File",
                    file?.Folder ?? BoxFolder.Root,
                    new BoxEventVersion(item.VersionId ?? version?.Id ?? "1", version?.Content.Size ?? 0));
        }
    }
}
