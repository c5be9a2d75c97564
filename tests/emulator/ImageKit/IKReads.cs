using System;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Downloads;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.ImageKit;

/// <summary>The reads: all versions of a file, and one of them.</summary>
internal sealed class IKReads(IKStore store, PageCache cache, DownloadLinks links)
{
    internal Reply List(Call call, Account account, string fileId)
    {
        if (cache.Find(call) is { } known)
        {
            return known;
        }

        int epoch = cache.Epoch;
        if (!IKStore.IsWellFormed(fileId))
        {
            return IKErrors.InvalidParameter("fileId");
        }

        if (store.Find(fileId, call.Settings) is not { } file)
        {
            return IKErrors.NotFound();
        }

        Reply reply = Json(call, account, 256 + (file.Versions.Length * 1280), json => json.List(file));
        if (!file.IsPrivate && !store.IsStored(fileId))
        {
            cache.Keep(call, reply, epoch);
        }

        return reply;
    }

    internal Reply One(Call call, Account account, string fileId, string versionId)
    {
        return Refuse(fileId, versionId) ?? (store.Find(fileId, call.Settings) is { } file && file.Find(versionId) is { } version
            ? Version(call, account, file, version)
            : IKErrors.NotFound());
    }

    internal Reply Version(Call call, Account account, IKFile file, IKVersion version) => Json(call, account, 1536, json => json.Version(file, version));

    /// <summary>The account's assets: one, so that a key can be tried.</summary>
    internal Reply Assets(Call call, Account account)
    {
        IKFile file = IKGenerator.File("n001-asset", 1);
        return Json(call, account, 2048, json => json.List(file));
    }

    /// <summary>What is wrong with the ids of a request, or null.</summary>
    internal static Reply? Refuse(string fileId, string versionId)
    {
        if (!IKStore.IsWellFormed(fileId))
        {
            return IKErrors.InvalidParameter("fileId");
        }

        return IKStore.IsWellFormed(versionId) ? null : IKErrors.InvalidParameter("versionId");
    }

    private Reply Json(Call call, Account account, int size, Action<IKJson> write)
    {
        var buffer = new PooledBuffer(size);
        using (var json = new IKJson(buffer, call.Settings, account, links))
        {
            write(json);
        }

        return new Reply(200, Reply.JsonUtf8, buffer);
    }
}
