using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Fetching;
using FileVersions.Http;

namespace FileVersions.PS.BaseCommands;

/// <summary>What the cmdlets that remove versions have in common.</summary>
/// <remarks>
/// Removing shifts the pages of the list that the versions may just be coming from, so that some would be skipped. Nothing of a file
/// is therefore removed until the input comes to another file or to its end: by then the whole of its list is here.
/// </remarks>
/// <typeparam name="TItem">The version's type.</typeparam>
/// <typeparam name="TConnection">The account's type.</typeparam>
public abstract class RemoveCommand<TItem, TConnection> : ChangeCommand<TItem, TConnection>
    where TItem : class
    where TConnection : ServiceConnection
{
    private readonly List<string> _versionIds = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private string? _fileId;

    /// <summary>A few at once reach the services' limits (Box lets 1000 requests a minute through); more would only wait there.</summary>
    protected sealed override int Concurrency => 4;

    /// <inheritdoc/>
    protected sealed override void Change(string fileId, string versionId)
    {
        if (fileId != _fileId)
        {
            RemoveCollected();
            _fileId = fileId;
        }

        if (_known.Add(versionId))
        {
            _versionIds.Add(versionId);
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        RemoveCollected();
        base.EndProcessing();
    }

    /// <summary>Removes a version.</summary>
    private protected abstract Task RemoveAsync(
        string fileId, string versionId, IFetchContext<TItem> context, CancellationToken cancellationToken);

    private void RemoveCollected()
    {
        string fileId = _fileId!;
        foreach (string versionId in _versionIds)
        {
            Add(fileId, (context, stop) => RemoveAsync(fileId, versionId, context, stop));
        }

        _versionIds.Clear();
        _known.Clear();
    }
}
