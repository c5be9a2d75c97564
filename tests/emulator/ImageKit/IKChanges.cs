using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.ImageKit;

/// <summary>Deletes a version permanently, or makes it the current one.</summary>
internal sealed class IKChanges(IKStore store, IKReads reads)
{
    internal Reply Delete(Call call, string fileId, string versionId) => IKReads.Refuse(fileId, versionId) ?? store.Change<Reply>(() => store.Find(fileId, call.Settings), file =>
    {
        if (file?.Find(versionId) is not { } version)
        {
            return (null, IKErrors.VersionNotFound());
        }

        return version.IsCurrent ? (null, IKErrors.CannotDeleteCurrent()) : (StoredIKFile.From(file).Without(version), new Reply(204));
    });

    internal Reply Restore(Call call, Account account, string fileId, string versionId) => IKReads.Refuse(fileId, versionId) ?? store.Change(() => store.Find(fileId, call.Settings), file =>
    {
        if (file?.Find(versionId) is not { } version)
        {
            return (null, IKErrors.VersionNotFound());
        }

        StoredIKFile after = StoredIKFile.From(file).WithRestored(version, call.Now.UtcDateTime);
        return (after, reads.Version(call, account, after, after.Current));
    });
}
