using FileVersions.Fetching;
using FileVersions.Services;

namespace FileVersions.Adding;

/// <summary>Adds local files as new versions. Each version is complete and verified, or is not created.</summary>
public sealed class VersionAdder
{
    private readonly HashSet<Task> _running = [];

    /// <summary>The progress of all versions together.</summary>
    public TransferProgress Progress { get; } = new();

    internal PartBuffers Buffers { get; } = new();

    /// <summary>Adds a version as work of an <see cref="OrderedFetcher{TItem}"/>.</summary>
    /// <param name="uploader">The account.</param>
    /// <param name="version">The version.</param>
    /// <param name="context">Provides request slots and receives the new version, or the current one if it has the same content.</param>
    /// <param name="cancellationToken">Cancels the upload. A session that was started is aborted.</param>
    /// <exception cref="FileVersionException">The version was not added, or the outcome is unknown. Adding it again adds nothing twice.</exception>
    public async Task AddAsync<TVersion>(
        IVersionUploader<TVersion> uploader, VersionToAdd version, IFetchContext<TVersion> context, CancellationToken cancellationToken)
        where TVersion : class, IFileVersion
    {
        var completion = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_running)
        {
            _running.Add(completion.Task);
        }

        try
        {
            using var addition = new VersionAddition<TVersion>(uploader, version, context, Buffers, Progress);
            context.Emit([await addition.RunAsync(cancellationToken).ConfigureAwait(false)]);
        }
        finally
        {
            lock (_running)
            {
                _running.Remove(completion.Task);
            }

            completion.SetResult(true);
        }
    }

    /// <summary>Waits until no upload is running. Call this after cancellation, so that abandoned sessions are aborted.</summary>
    /// <param name="timeout">The maximum time to wait.</param>
    /// <returns>False if an upload is still running.</returns>
    public bool WaitUntilIdle(TimeSpan timeout)
    {
        Task[] running;
        lock (_running)
        {
            running = [.. _running];
        }

        return Task.WaitAll(running, timeout);
    }
}
