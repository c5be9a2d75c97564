using System.Collections.Concurrent;
using System.Globalization;
using FileVersions.Emulator.Downloads;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.Box;

/// <summary>Answers requests for a version's content: with a link to the download port, or with 202.</summary>
internal sealed class BoxDownloads(BoxStore store, DownloadLinks links)
{
    private readonly ConcurrentDictionary<(string FileId, string VersionId), int> _asked = new();

    internal Reply Redirect(Call call, string fileId)
    {
        if (store.Refuse(call, fileId, out BoxFile file) is { } refused)
        {
            return refused;
        }

        BoxVersion? version = call.Query("version") is { } versionId ? file.Find(versionId) : file.Current;
        if (version is null)
        {
            return BoxErrors.NotFound("file_version", call.Query("version")!);
        }

        if (version.TrashedAt is not null)
        {
            return BoxErrors.Trashed("file_version", version.Id);
        }

        if (call.Settings.NotReady > 0 && _asked.AddOrUpdate((fileId, version.Id), 1, static (_, before) => before + 1) <= call.Settings.NotReady)
        {
            return new Reply(202).With("Retry-After", call.Settings.NotReadyRetryAfterSec.ToString(CultureInfo.InvariantCulture));
        }

        return new Reply(302).With("Location", links.Box(fileId, version.Id, call.Settings));
    }

    internal void Reset() => _asked.Clear();
}
