using System.Text.Json;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.Box;

/// <summary>Changes of versions: moving one to the trash, restoring it from the trash, and making it current.</summary>
internal sealed class BoxChanges(BoxStore store, BoxFolderStore folders)
{
    internal const int DaysInTrash = 30;

    /// <summary>Moves a whole file to the trash.</summary>
    internal Reply Trash(Call call, Account account, string fileId) => Change(call, fileId, file => IsOutdated(call, file)
        ? (null, BoxErrors.PreconditionFailed())
        : (file.Trashed(BoxClock.Now(call.Settings), account), new Reply(204)));

    /// <summary>Moves a past version to the trash.</summary>
    internal Reply Delete(Call call, Account account, string fileId, string versionId) => Change(call, fileId, file =>
    {
        if (IsOutdated(call, file))
        {
            return (null, BoxErrors.PreconditionFailed());
        }

        switch (file.Find(versionId))
        {
            case null:
                return (null, BoxErrors.NotFound("file_version", versionId));
            case { TrashedAt: not null }:
                return (null, BoxErrors.Trashed("file_version", versionId));
            case { } version when version == file.Current:
                return (null, BoxErrors.BadRequest("file_version", "The current version of a file cannot be deleted"));
            case { } version when BoxRetention.PreventsDeletion(version, call.Settings):
                return (null, BoxErrors.Retained(call.Settings.BoxRetentionCode));
            case { } version:
                BoxVersion trashed = version with { TrashedAt = BoxClock.Now(call.Settings), TrashedBy = account, PurgedAt = BoxClock.Now(call.Settings).AddDays(DaysInTrash) };
                return (file.With(newPast: file.PastVersions.Replace(version, trashed, ReferenceEqualityComparer.Instance)), new Reply(204));
        }
    });

    /// <summary>Restores a version from the trash.</summary>
    internal async ValueTask<Reply> RestoreAsync(Call call, Account account, string fileId, string versionId)
    {
        JsonElement? body = await call.ReadObjectAsync();
        if (body is not { } json || !json.TryGetProperty("trashed_at", out JsonElement trashedAt) || trashedAt.ValueKind != JsonValueKind.Null)
        {
            return BoxErrors.BadRequest("trashed_at", "Expected null");
        }

        return Change(call, fileId, file =>
        {
            switch (file.Find(versionId))
            {
                case null:
                    return (null, BoxErrors.NotFound("file_version", versionId));
                case { TrashedAt: null } version:
                    return (null, BoxReplies.Version(200, call, account, version));
                case { } version:
                    BoxVersion restored = version with { TrashedAt = null, TrashedBy = null, PurgedAt = null, RestoredAt = BoxClock.Now(call.Settings), RestoredBy = account };
                    return (file.With(newPast: file.PastVersions.Replace(version, restored, ReferenceEqualityComparer.Instance)), BoxReplies.Version(200, call, account, restored));
            }
        });
    }

    /// <summary>Makes a copy of a version, its name included, the current version. The copy has a new id.</summary>
    internal async ValueTask<Reply> PromoteAsync(Call call, Account account, string fileId)
    {
        JsonElement? body = await call.ReadObjectAsync();
        if (body is not { } json || !json.TryGetProperty("id", out JsonElement id) || id.ValueKind != JsonValueKind.String
            || !json.TryGetProperty("type", out JsonElement type) || type.ValueKind != JsonValueKind.String || type.GetString() != "file_version")
        {
            return BoxErrors.BadRequest("id", "Expected the type and the id of a file version");
        }

        string versionId = id.GetString()!;
        return Change(call, fileId, file =>
        {
            switch (file.Find(versionId))
            {
                case null:
                    return (null, BoxErrors.NotFound("file_version", versionId));
                case { TrashedAt: not null }:
                    return (null, BoxErrors.Trashed("file_version", versionId));
                case { } version when folders.Conflict(file, version.Name) is { } conflict:
                    return (null, BoxErrors.NameInUse(conflict));
                case { } version:
                    int number = file.NextNumber;
                    BoxVersion current = version with
                    {
                        Id = new BoxGenerator(fileId).IdOf(number),
                        Number = number,
                        CreatedAt = BoxClock.Now(call.Settings),
                        ModifiedAt = BoxClock.Now(call.Settings),
                        ModifiedBy = account,
                        RestoredAt = null,
                        RestoredBy = null,
                        PromotedBy = account,
                    };
                    return (file.With(current, [file.Current, .. file.PastVersions], newNextNumber: number + 1), BoxReplies.Version(201, call, account, current));
            }
        });
    }

    /// <summary>Whether the file has changed since the state that <c>If-Match</c> names.</summary>
    internal static bool IsOutdated(Call call, BoxFile file) => call.Header("If-Match") is { } etag && etag.Trim('"') != file.ETag;

    private Reply Change(Call call, string fileId, Func<StoredBoxFile, (StoredBoxFile? After, Reply Reply)> change) =>
        store.Refuse(call, fileId, out _) ?? store.Change(fileId, call.Settings, change);
}
