using FileVersions.Emulator.Data;
using FileVersions.Emulator.Downloads;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.ImageKit;

/// <summary>Read requests: the versions of a file, one version, a file, a page of the media library.</summary>
internal sealed class IKReads(IKStore store, IKLibrary library, PageCache cache, DownloadLinks links)
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

        Reply reply = Json(200, call, account, 2048, json => json.List(file));
        if (file is GeneratedIKFile && !IKGenerator.IsPrivate(file.Hash))
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

    internal Reply Details(Call call, Account account, string fileId)
    {
        if (!IKStore.IsWellFormed(fileId))
        {
            return IKErrors.InvalidParameter("fileId");
        }

        return store.Find(fileId, call.Settings) is { } file ? Version(call, account, file, file.Current) : IKErrors.FileNotFound();
    }

    /// <summary>A page of the media library.</summary>
    internal Reply Assets(Call call, Account account)
    {
        IKListRequest request;
        try
        {
            request = IKListRequest.Read(call);
        }
        catch (FormatException e)
        {
            return IKErrors.Error(400, e.Message);
        }

        IKItem[] listing = library.List(request, call.Settings);
        int skip = Math.Min(request.Skip, listing.Length);
        int count = Math.Min(request.Limit, listing.Length - skip);
        Reply reply = Json(200, call, account, 256 + (count * 1280), json => json.Page(listing.AsSpan(skip, count)));
        library.Listed(listing, request, call.Settings, call.Now.UtcDateTime);
        return reply;
    }

    internal Reply Version(Call call, Account account, IKFile file, IKVersion version) => Json(200, call, account, 1536, json => json.Version(file, version));

    internal Reply Json(int status, Call call, Account account, int size, Action<IKJson> write)
    {
        var buffer = new PooledBuffer(size);
        using (var json = new IKJson(buffer, call.Settings, account, links))
        {
            write(json);
        }

        return new Reply(status, Reply.JsonUtf8, buffer);
    }

    /// <summary>The error for an ill-formed id, or null.</summary>
    internal static Reply? Refuse(string fileId, string versionId)
    {
        if (!IKStore.IsWellFormed(fileId))
        {
            return IKErrors.InvalidParameter("fileId");
        }

        return IKStore.IsWellFormed(versionId) ? null : IKErrors.InvalidParameter("versionId");
    }
}
