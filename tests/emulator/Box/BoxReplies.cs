using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.Box;

/// <summary>Replies with Box's objects.</summary>
internal static class BoxReplies
{
    internal static Reply Json(int status, EmulatorSettings settings, Account asking, int size, Action<BoxJson> write)
    {
        var buffer = new PooledBuffer(size);
        using (var json = new BoxJson(buffer, settings, asking))
        {
            write(json);
        }

        return new Reply(status, Reply.Json, buffer);
    }

    /// <summary>A version with the requested fields.</summary>
    internal static Reply Version(int status, Call call, Account asking, BoxVersion version)
    {
        BoxFields fields = BoxFieldNames.Parse(call.Query("fields"), BoxFields.Standard);
        return Json(status, call.Settings, asking, 1024, json => json.Version(version, fields));
    }
}
