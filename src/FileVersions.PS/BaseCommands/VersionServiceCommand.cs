using FileVersions.Http;
using FileVersions.PS.Completion;
using FileVersions.Services;

namespace FileVersions.PS.BaseCommands;

/// <summary>A cmdlet that works with the versions of files.</summary>
public abstract class VersionServiceCommand<TItem, TVersion, TConnection> : FetchCommand<TItem, TConnection, IVersionService<TVersion>>, ICompletes<IFileVersion>
    where TItem : class
    where TVersion : class, IFileVersion
    where TConnection : ServiceConnection
{
    object ICompletes<IFileVersion>.CompletionAccount => FindService(ofInput: null).Connection;

    async Task<IReadOnlyList<IFileVersion>> ICompletes<IFileVersion>.ListForCompletionAsync(string parentId, int limit, CancellationToken cancellationToken)
    {
        var options = new VersionListOptions { Limit = limit, PageSize = limit, IncludeCurrent = true };
        return await FindService(ofInput: null)
            .ListVersionsAsync(parentId, options, cancellationToken: cancellationToken).ToListAsync().ConfigureAwait(false);
    }
}
