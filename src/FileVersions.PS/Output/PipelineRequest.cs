using System.Collections.Concurrent;
using System.Management.Automation;

namespace FileVersions.PS.Output;

/// <summary>Runs a request while the pipeline waits.</summary>
internal static class PipelineRequest
{
    /// <summary>Runs a request and writes its log lines as verbose output. Only the pipeline thread may write.</summary>
    /// <exception cref="PipelineStoppedException">The request was cancelled.</exception>
    internal static T Await<T>(this PSCmdlet cmdlet, Func<Action<string>?, CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        bool isVerbose = cmdlet.IsVerbose();
        using var log = new BlockingCollection<string>();
        Task<T> work = Task.Run(
            async () =>
            {
                try
                {
                    return await request(isVerbose ? log.Add : null, cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    log.CompleteAdding();
                }
            },
            CancellationToken.None);
        foreach (string line in log.GetConsumingEnumerable(CancellationToken.None))
        {
            cmdlet.WriteVerbose(line);
        }

        try
        {
            return work.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
}
