using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.Box;

/// <summary>Read requests for files: the file itself, a page of its past versions, and one version.</summary>
internal sealed class BoxReads(BoxStore store, PageCache cache)
{
    internal Reply List(Call call, Account account, string fileId)
    {
        EmulatorSettings settings = call.Settings;
        bool shifting = settings.GrowWhilePaging is not null || settings.ShrinkWhilePaging is not null;
        if (!shifting && cache.Find(call) is { } known)
        {
            return known;
        }

        int epoch = cache.Epoch;
        if (store.Refuse(call, fileId, out BoxFile file) is { } refused)
        {
            return refused;
        }

        if (!settings.BoxListsTrashed)
        {
            file = file.WithoutTrash;
        }

        if (BoxWindow.Read(call, out int offset, out int limit) is { } invalid)
        {
            return invalid;
        }

        BoxFields fields = BoxFieldNames.Parse(call.Query("fields"), BoxFields.Standard);
        Reply reply = BoxReplies.Json(200, settings, account, 512 + (Math.Clamp(file.PastCount - offset, 0, limit) * 512), json => json.Page(file, offset, limit, fields));
        store.Listed(fileId, settings);
        if (!shifting && file is GeneratedBoxFile)
        {
            cache.Keep(call, reply, epoch);
        }

        return reply;
    }

    internal Reply One(Call call, Account account, string fileId, string versionId)
    {
        if (store.Refuse(call, fileId, out BoxFile file) is { } refused)
        {
            return refused;
        }

        bool isHidden = !call.Settings.BoxCurrentVersionReadable && versionId == file.Current.Id;
        return !isHidden && file.Find(versionId) is { } version
            ? BoxReplies.Version(200, call, account, version)
            : BoxErrors.NotFound("file_version", versionId);
    }

    internal Reply File(Call call, Account account, string fileId)
    {
        if (store.Refuse(call, fileId, out BoxFile file) is { } refused)
        {
            return refused;
        }

        if (IsUnchanged(call, file.ETag))
        {
            return new Reply(304);
        }

        BoxFields fields = BoxFieldNames.Parse(call.Query("fields"), BoxFields.StandardFile);
        return BoxReplies.Json(200, call.Settings, account, 1024, json => json.File(file, fields));
    }

    /// <summary>Whether <c>If-None-Match</c> says that the client already has the current state.</summary>
    internal static bool IsUnchanged(Call call, string etag) => call.Header("If-None-Match")?.Trim('"') == etag;
}
