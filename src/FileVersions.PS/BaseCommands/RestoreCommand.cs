using System.Threading;
using System.Threading.Tasks;
using FileVersions.Fetching;
using FileVersions.Http;

namespace FileVersions.PS.BaseCommands;

/// <summary>
/// What the cmdlets that restore versions have in common: one after the other in the order of the input, for the last one restored
/// is the current one afterwards.
/// </summary>
/// <typeparam name="TItem">The version's type.</typeparam>
/// <typeparam name="TConnection">The account's type.</typeparam>
public abstract class RestoreCommand<TItem, TConnection> : ChangeCommand<TItem, TConnection>
    where TItem : class
    where TConnection : ServiceConnection
{
    /// <inheritdoc/>
    protected sealed override int Concurrency => 1;

    /// <inheritdoc/>
    protected sealed override void Change(string fileId, string versionId)
    {
        Add(fileId, (context, stop) => RestoreAsync(fileId, versionId, context, stop));
        Drain();
    }

    /// <summary>Restores a version, and puts out what came of it.</summary>
    private protected abstract Task RestoreAsync(
        string fileId, string versionId, IFetchContext<TItem> context, CancellationToken cancellationToken);
}
