using FileVersions.Services;

namespace FileVersions.Box;

/// <summary>Makes one version current. Looks at the current version before every change, so that running it again changes nothing twice.</summary>
internal sealed class BoxRestore(BoxClient client, string fileId, string versionId, RestoreOptions options, Action<string>? log)
{
    private static readonly VersionReadOptions s_identity = new() { Fields = ["name", "sha1"] };

    internal async Task<BoxFileVersion> RunAsync(CancellationToken cancellationToken)
    {
        BoxFileVersion current = await client.GetCurrentVersionAsync(fileId, s_identity, log, cancellationToken).ConfigureAwait(false);
        if (current.VersionId == versionId && !options.Force)
        {
            return await GetCurrentAsync(cancellationToken).ConfigureAwait(false);
        }

        BoxFileVersion target = await client.GetVersionAsync(fileId, versionId, null, log, cancellationToken).ConfigureAwait(false);
        if (IsSame(target, current) && !options.Force)
        {
            return await GetCurrentAsync(cancellationToken).ConfigureAwait(false);
        }

        if (target.TrashedAt is not null)
        {
            await client.RestoreFromTrashAsync(fileId, versionId, null, log, cancellationToken).ConfigureAwait(false);
        }

        return await ChangeOnce.RunAsync(
            async () => (await client.PromoteAsync(fileId, versionId, log, cancellationToken).ConfigureAwait(false)).AtPath(options.FilePath),
            FindPromotedAsync,
            client.Connection,
            cancellationToken).ConfigureAwait(false);

        async Task<BoxFileVersion?> FindPromotedAsync()
        {
            BoxFileVersion now = await GetCurrentAsync(cancellationToken).ConfigureAwait(false);
            return now.VersionId != current.VersionId && IsSame(target, now) ? now : null;
        }
    }

    private static bool IsSame(BoxFileVersion one, BoxFileVersion other) =>
        one.Sha1 is not null && one.Name is not null && one.Name == other.Name && one.Sha1.Equals(other.Sha1, StringComparison.OrdinalIgnoreCase);

    private async Task<BoxFileVersion> GetCurrentAsync(CancellationToken cancellationToken) =>
        (await client.GetCurrentVersionAsync(fileId, null, log, cancellationToken).ConfigureAwait(false)).AtPath(options.FilePath);
}
