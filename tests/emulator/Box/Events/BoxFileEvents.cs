using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Box;

/// <summary>The events that changes of a file cause. Moving a version to the trash or restoring it from there causes none.</summary>
internal static class BoxFileEvents
{
    /// <summary>The events of one change.</summary>
    internal static IEnumerable<BoxEvent> Of(BoxFile before, StoredBoxFile after, EmulatorSettings settings)
    {
        BoxVersion current = after.Current;
        if (after.TrashedAt is { } trashedAt)
        {
            yield return Event("DELETE", trashedAt, after.TrashedBy, after, current);
        }

        if (before.Current.Id == current.Id)
        {
            yield break;
        }

        DateTimeOffset now = BoxClock.Now(settings);
        yield return Event(current.PromotedBy is null ? "EDIT" : "FILE_VERSION_RESTORE", now, current.PromotedBy ?? current.ModifiedBy, after, current);
        if (before.Current.Name != current.Name)
        {
            yield return Event("RENAME", now, current.PromotedBy ?? current.ModifiedBy, after, current);
        }
    }

    /// <summary>The events that led to the current state of a file.</summary>
    internal static IEnumerable<BoxEvent> History(BoxFile file)
    {
        string? name = null;
        foreach (BoxVersion version in Enumerable.Range(0, file.PastCount).Select(file.Past).Reverse().Append(file.Current))
        {
            yield return Event(name is null ? "UPLOAD" : "EDIT", version.CreatedAt, version.ModifiedBy, file, version);
            if (name is not null && name != version.Name)
            {
                yield return Event("RENAME", version.CreatedAt, version.ModifiedBy, file, version);
            }

            name = version.Name;
        }
    }

    private static BoxEvent Event(string type, DateTimeOffset createdAt, Account? by, BoxFile file, BoxVersion version) => new(
        type,
        createdAt,
        by ?? Account.Ada,
        new BoxEventSource("file", file.Id, version.Name, file.Folder, new BoxEventVersion(version.Id, version.Content.Size)));
}
