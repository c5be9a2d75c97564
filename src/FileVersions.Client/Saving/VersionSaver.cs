using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Services;

namespace FileVersions.Saving;

/// <summary>Saves the contents of versions as files. Each file is complete and verified, or does not exist.</summary>
/// <param name="destination">Where to save the files.</param>
/// <param name="replace">Whether to replace existing files that have different content.</param>
public sealed class VersionSaver(SaveDestination destination, bool replace)
{
    private const int MaxAttempts = 3;

    // FAT stores even seconds.
    private static readonly TimeSpan s_dateTolerance = TimeSpan.FromSeconds(2);

    private readonly TargetPaths _paths = new(destination);
    private readonly HashSet<ulong> _cleanedFolders = [];

    // The paths that are being written; a task ends when its path is free again.
    private readonly Dictionary<string, Task> _busyPaths = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The progress of all versions together.</summary>
    public SaveProgress Progress { get; } = new();

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
        if (await IsSavedAsync(version, path, log, cancellationToken).ConfigureAwait(false))
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
                if (await IsSavedAsync(version, path, log, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }

                throw;
            }
        }
    }

    /// <summary>Whether the target exists with the right content.</summary>
    /// <exception cref="FileVersionException">The target has different content and must not be replaced, or cannot be read.</exception>
    private async Task<bool> IsSavedAsync(VersionToSave version, string path, Action<string>? log, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw PartialFile.CreateError(version, path, new IOException(Texts.SavingTargetIsFolder));
        }

        var target = new FileInfo(path);
        if (!target.Exists)
        {
            return false;
        }

        if (await HasContentAsync(target, version, cancellationToken).ConfigureAwait(false))
        {
            log?.Invoke(string.Format(CultureInfo.CurrentCulture, Texts.SavingSkipped, SaveError.Subject(version), path));
            return true;
        }

        return replace ? false : throw SaveError.Create(FileVersionErrorKind.TargetExists, version, Texts.SavingTargetExists, path);
    }

    private async Task<bool> HasContentAsync(FileInfo target, VersionToSave version, CancellationToken cancellationToken)
    {
        if (version.Size is { } size && size != target.Length)
        {
            return false;
        }

        // A saved file has the date of its version. Size and date are trusted unless the caller insists on the right content.
        if (!replace && version.Size is not null && version.Date is { } date && (target.LastWriteTimeUtc - date.UtcDateTime).Duration() <= s_dateTolerance)
        {
            return true;
        }

        if (version.Sha1 is null)
        {
            // Without a date and a checksum, the id in the file's name and the size have to suffice.
            return !replace && version.Date is null && destination.Layout == SaveLayout.Folder;
        }

        try
        {
            return version.Sha1.Equals(await ContentHash.ComputeAsync(target.FullName, cancellationToken).ConfigureAwait(false), StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SaveError.Create(FileVersionErrorKind.FileNotReadable, version, Texts.SavingFileNotReadable, target.FullName, e);
        }
    }

    private void PrepareFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        lock (_cleanedFolders)
        {
            if (!_cleanedFolders.Add(StableHash.Of(folder)))
            {
                return;
            }
        }

        PartialFile.RemoveLeftovers(folder);
    }

    /// <summary>Waits while the same path is being written, which happens if the input contains a version twice.</summary>
    private async Task EnterAsync(string path, Task done, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetResult(true));
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

            await Task.WhenAny(other, cancelled.Task).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
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
