using System.Runtime.ExceptionServices;
using FileVersions.Fetching;

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

    /// <summary>Whether verbose messages are shown. If not, they are not composed.</summary>
    private protected bool IsVerbose => MyInvocation.BoundParameters.TryGetValue("Verbose", out object? verbose)
        ? LanguagePrimitives.IsTrue(verbose)
        : LanguagePrimitives.TryConvertTo(GetVariableValue("VerbosePreference"), out ActionPreference preference)
            && preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    /// <summary>Runs one request while the pipeline waits, and writes its log lines.</summary>
    private protected T Await<T>(Func<Action<string>?, CancellationToken, Task<T>> request)
    {
        using var fetcher = new OrderedFetcher<T>(throttleLimit: 1, StopToken) { HasLog = IsVerbose };
        fetcher.Add(this, (context, stop) => context.EmitAsync(inner => request(context.Log, inner), stop));
        try
        {
            while (true)
            {
                fetcher.Take(Timeout.InfiniteTimeSpan, out FetchEvent<T> next);
                if (next.Log is not null)
                {
                    WriteVerbose(next.Log);
                }
                else if (next.Error is not null)
                {
                    ExceptionDispatchInfo.Capture(next.Error).Throw();
                }
                else
                {
                    return next.Items![0];
                }
            }
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
}
