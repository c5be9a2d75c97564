using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.ImageKit;

/// <summary>The changes: a version goes for good, or becomes the current one.</summary>
internal sealed class IKChanges(IKStore store, IKReads reads)
{
    internal Reply Delete(Call call, string fileId, string versionId) => IKReads.Refuse(fileId, versionId) ?? store.Change(fileId, call.Settings, file =>
    {
        if (file?.Find(versionId) is not { } version)
        {
            return (null, IKErrors.NotFound());
        }

        return version == file.Versions[0]
            ? (null, IKErrors.CannotDeleteCurrent())
            : (file with { Versions = file.Versions.Remove(version) }, new Reply(204));
    });

    internal Reply Restore(Call call, Account account, string fileId, string versionId) => IKReads.Refuse(fileId, versionId) ?? store.Change(fileId, call.Settings, file =>
    {
        if (file?.Find(versionId) is not { } version)
        {
            return (null, IKErrors.NotFound());
        }

        IKVersion current = version with { UpdatedAt = call.Now.UtcDateTime };
        IKFile after = file with { Versions = [current, .. file.Versions.Remove(version)] };
        return (after, reads.Version(call, account, after, current));
    });
}
