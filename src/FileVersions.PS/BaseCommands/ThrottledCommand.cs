using System.Management.Automation;
using FileVersions.Http;

namespace FileVersions.PS.BaseCommands;

/// <summary>A cmdlet that lets its user say how many requests run at once.</summary>
/// <typeparam name="TItem">What is fetched.</typeparam>
/// <typeparam name="TConnection">The account's type.</typeparam>
public abstract class ThrottledCommand<TItem, TConnection> : FetchCommand<TItem, TConnection>
    where TItem : class
    where TConnection : ServiceConnection
{
    /// <summary>How many requests run at once, over all files of the pipeline.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    /// <inheritdoc/>
    protected sealed override int Concurrency => ThrottleLimit;
}
