using System.Collections.Concurrent;
using System.Management.Automation;
using FileVersions.PS.Output;

namespace FileVersions.PS.BaseCommands;

/// <summary>A cmdlet that sends requests. Ctrl+C and an early end of the pipeline cancel the requests in flight.</summary>
public abstract class CancellableCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled by Ctrl+C and when the cmdlet is disposed.</summary>
    protected CancellationToken StopToken => _stop.Token;

    /// <summary>Cancels all work in progress.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Cancels all work in progress.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Runs one request while the pipeline waits, and writes its log lines.</summary>
    private protected T Await<T>(Func<Action<string>?, CancellationToken, Task<T>> request)
    {
        // Only the pipeline thread may write.
        bool isVerbose = this.IsVerbose();
        using var log = new BlockingCollection<string>();
        Task<T> work = Task.Run(
            async () =>
            {
                try
                {
                    return await request(isVerbose ? log.Add : null, StopToken).ConfigureAwait(false);
                }
                finally
                {
                    log.CompleteAdding();
                }
            },
            CancellationToken.None);
        foreach (string line in log.GetConsumingEnumerable())
        {
            WriteVerbose(line);
        }

        try
        {
            return work.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
}
