namespace FileVersions;

/// <summary>Waits for tasks whose outcome does not matter, or is read later.</summary>
internal static class WaitExtensions
{
    /// <summary>Waits until a task has ended. Its exception, if any, is observed but not thrown.</summary>
    internal static async Task WhenEndedAsync(this Task task)
    {
        await Task.WhenAny(task).ConfigureAwait(false);
        _ = task.Exception;
    }

    /// <summary>Waits until a task has ended. Cancellation ends the wait, not the task.</summary>
    internal static async Task WaitForEndAsync(this Task task, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetResult(true)))
        {
            await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }
}
