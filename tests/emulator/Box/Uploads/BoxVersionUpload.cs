using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;
using FileVersions.Emulator.Stats;

namespace FileVersions.Emulator.Box;

/// <summary>Makes uploaded content the current version of a file.</summary>
internal sealed class BoxVersionUpload(BoxStore store, BoxFolderStore folders, UploadStats stats)
{
    /// <summary>Validates an upload before its content is read. Returns the error, or null.</summary>
    internal Reply? Refuse(Call call, string fileId, string? newName)
    {
        if (store.Refuse(call, fileId, out BoxFile file) is { } refused)
        {
            return refused;
        }

        if (BoxChanges.IsOutdated(call, file))
        {
            return BoxErrors.PreconditionFailed();
        }

        return newName is not null && folders.Conflict(file, newName) is { } conflict ? BoxErrors.NameInUse(conflict) : null;
    }

    /// <summary>Creates the version. If an error has occurred in the meantime, <paramref name="file"/> is null.</summary>
    internal Reply Make(Call call, Account account, string fileId, Content content, BoxUploadAttributes attributes, out BoxFile? file)
    {
        file = null;
        if (Refuse(call, fileId, attributes.Name) is { } refusedBefore)
        {
            return refusedBefore;
        }

        StoredBoxFile? created = null;
        Reply reply = store.Change(fileId, call.Settings, before =>
        {
            // Another upload may have completed in the meantime.
            if (Refuse(call, fileId, attributes.Name) is { } refused)
            {
                return (null, refused);
            }

            DateTimeOffset now = BoxClock.Now(call.Settings);
            string name = attributes.Name ?? before.Current.Name;
            var current = new BoxVersion(new BoxGenerator(fileId).IdOf(before.NextNumber), before.NextNumber, name, content, now, now, account) { ContentModifiedAt = attributes.ContentModifiedAt };
            created = before.With(current, [before.Current, .. before.PastVersions], newNextNumber: before.NextNumber + 1);
            return (created, Describe(call, account, created));
        });
        if (created is not null)
        {
            stats.VersionCreated(Service.Box);
        }

        file = created;
        return reply;
    }

    /// <summary>The reply to a complete upload.</summary>
    internal static Reply Describe(Call call, Account account, BoxFile file) => BoxReplies.Json(201, call.Settings, account, 1024, json => json.Uploaded(file, BoxFieldNames.Parse(call.Query("fields"), BoxFields.StandardFile)));
}
