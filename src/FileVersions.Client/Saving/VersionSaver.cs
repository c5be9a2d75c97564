using System.Collections.Concurrent;
using FileVersions.Services;

namespace FileVersions.Saving;

/// <summary>Saves the contents of versions as files. Each file is complete and verified, or does not exist.</summary>
/// <param name="destination">Where to save the files.</param>
/// <param name="replace">Whether to replace existing files that have different content.</param>
public sealed class VersionSaver(SaveDestination destination, bool replace)
{
    private const int MaxAttempts = 3;

    private readonly TargetPaths _paths = new(destination);
    private readonly ExistingFiles _existing = new(destination.Layout, replace);

    // The folders whose leftovers are removed, or are being removed.
    private readonly ConcurrentDictionary<ulong, Lazy<bool>> _cleanedFolders = new();

    // The paths that are being written; a task ends when its path is free again.
    private readonly Dictionary<string, Task> _busyPaths = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The progress of all versions together.</summary>
    public TransferProgress Progress { get; } = new();

    /// <summary>Assigns a file name to a version. Call this in input order: the first version to claim a name gets it.</summary>
    /// <param name="service">The account that the version belongs to.</param>
    /// <param name="version">The version.</param>
    /// <returns>
    /// A function that saves the version and returns its file, which is not downloaded if it exists already. The function takes a receiver
    /// of verbose lines, or null, and throws <see cref="FileVersionException"/>.
    /// </returns>
    public Func<Action<string>?, CancellationToken, Task<FileInfo>> Prepare(IContentService service, VersionToSave version)
    {
        Func<VersionToSave, string> getPath;
        try
        {
            getPath = _paths.Claim(version);
        }
        catch (FileVersionException e)
        {
            return (_, _) => Task.FromException<FileInfo>(e);
        }

        return (log, cancellationToken) => SaveAsync(service, version, getPath, log, cancellationToken);
    }

    /// <summary>Waits until no file is being written. Call this after cancellation.</summary>
    /// <param name="timeout">The maximum time to wait.</param>
    /// <returns>False if a file is still being written.</returns>
    public bool WaitUntilIdle(TimeSpan timeout)
    {
        Task[] busy;
        lock (_busyPaths)
        {
            busy = [.. _busyPaths.Values];
        }

        return Task.WaitAll(busy, timeout);
    }

    private async Task<FileInfo> SaveAsync(
        IContentService service, VersionToSave version, Func<VersionToSave, string> getPath, Action<string>? log, CancellationToken cancellationToken)
    {
        try
        {
            VersionToSave known = await service.CompleteAsync(version, log, cancellationToken).ConfigureAwait(false);
            if (known.Size is null && known.Sha1 is null)
            {
                throw SaveError.Create(FileVersionErrorKind.InvalidResponse, version, Texts.SavingNotVerifiable, service.Connection.Service);
            }

            string path = getPath(known);
            var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            await EnterAsync(path, done.Task, cancellationToken).ConfigureAwait(false);
            try
            {
                await SaveToAsync(path, service, known, log, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw PartialFile.CreateError(version, path, e);
            }
            finally
            {
                Leave(path);
                done.SetResult(true);
            }

            Progress.Finish();
            return new FileInfo(path);
        }
        catch (FileVersionException e) when (e.FileId is null)
        {
            throw e.WithFile(version.FileId, version.VersionId);
        }
    }

    private async Task SaveToAsync(
        string path, IContentService service, VersionToSave version, Action<string>? log, CancellationToken cancellationToken)
    {
        if (await _existing.HaveAsync(version, path, log, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        PrepareFolder(Path.GetDirectoryName(path)!);
        Progress.Expect(version.Size ?? 0);
        for (int attempt = 1; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using PartialFile file = PartialFile.Create(path, version);
            await new ContentDownload(service, version, file, Progress, log).RunAsync(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                file.Move(replace, version.Date);
                return;
            }
            catch (IOException) when (attempt < MaxAttempts && !File.Exists(file.Path))
            {
                // Another process removed the closed file as a leftover before it was moved.
            }
            catch (IOException) when (!replace && File.Exists(path))
            {
                // Another process created the target during the download, perhaps from the same version.
                if (await _existing.HaveAsync(version, path, log, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }

                throw;
            }
        }
    }

    private void PrepareFolder(string folder)
    {
        Directory.CreateDirectory(folder);

        // Each version waits until its folder is clean. Otherwise its file might be removed as a leftover after it was closed.
        _ = _cleanedFolders.GetOrAdd(StableHash.Of(folder), _ => new Lazy<bool>(RemoveLeftovers)).Value;

        bool RemoveLeftovers()
        {
            PartialFile.RemoveLeftovers(folder);
            return true;
        }
    }

    /// <summary>Waits while the same path is being written, which happens if the input contains a version twice.</summary>
    private async Task EnterAsync(string path, Task done, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task? other;
            lock (_busyPaths)
            {
                if (!_busyPaths.TryGetValue(path, out other))
                {
                    _busyPaths.Add(path, done);
                    return;
                }
            }

            await other.WaitForEndAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Leave(string path)
    {
        lock (_busyPaths)
        {
            _busyPaths.Remove(path);
        }
    }
}
