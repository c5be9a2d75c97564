using System;
using System.Globalization;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.Box;

/// <summary>The reads: a page of past versions, one version, the file.</summary>
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

        if (ReadWindow(call, out int offset, out int limit) is { } invalid)
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

        BoxFields fields = BoxFieldNames.Parse(call.Query("fields"), BoxFields.StandardFile);
        return BoxReplies.Json(200, call.Settings, account, 1024, json => json.File(file, fields));
    }

    private static Reply? ReadWindow(Call call, out int offset, out int limit)
    {
        EmulatorSettings settings = call.Settings;
        offset = 0;
        limit = settings.BoxDefaultLimit;
        if (call.Query("limit") is { } limitText)
        {
            if (!long.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out long asked) || asked <= 0)
            {
                return BoxErrors.InvalidLimit(limitText);
            }

            limit = (int)Math.Min(asked, settings.BoxPageLimit);
        }

        if (call.Query("offset") is { } offsetText)
        {
            if (!long.TryParse(offsetText, NumberStyles.None, CultureInfo.InvariantCulture, out long asked) || asked > settings.BoxOffsetCeiling)
            {
                return BoxErrors.InvalidOffset(offsetText, settings.BoxOffsetCeiling);
            }

            offset = (int)asked;
        }

        return null;
    }
}
