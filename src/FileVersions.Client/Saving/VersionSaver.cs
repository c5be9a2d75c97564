using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Box;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.ImageKit;

namespace FileVersions.Saving;

/// <summary>Saves the contents of versions as files: each is there whole and checked, or not at all.</summary>
public sealed class VersionSaver
{
    private const int MostTries = 3;

    private readonly ServiceConnection _connection;
    private readonly IVersionSource _source;
    private readonly SaveDestination _destination;
    private readonly bool _force;
    private readonly TargetNames _names;
    private readonly object _lock = new();
    private readonly HashSet<string> _busy = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<bool> _tidied;
    private int _running;

    private VersionSaver(ServiceConnection connection, IVersionSource source, SaveDestination destination, bool force)
    {
        _connection = connection;
        _source = source;
        _destination = destination;
        _force = force;
        _names = new TargetNames(destination);
        _tidied = new Lazy<bool>(RemoveLeftovers);
    }

    /// <summary>How far it has come.</summary>
    public SaveProgress Progress { get; } = new();

    /// <summary>Saves versions of files in Box.</summary>
    /// <param name="connection">The account.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="force">Whether to replace files whose content is another.</param>
    /// <param name="asUser">The user to act for; null for the one of the account.</param>
    public static VersionSaver ForBox(BoxConnection connection, SaveDestination destination, bool force, string? asUser) =>
        new(connection, new BoxVersionSource(connection, asUser), destination, force);

    /// <summary>Saves versions of files in ImageKit.</summary>
    /// <param name="connection">The account.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="force">Whether to replace files whose content is another.</param>
    public static VersionSaver ForImageKit(IKConnection connection, SaveDestination destination, bool force) =>
        new(connection, new IKVersionSource(connection), destination, force);

    /// <summary>Takes a version in hand. Versions get their names in the order of these calls.</summary>
    /// <param name="version">The version.</param>
    /// <returns>
    /// The work, for an <see cref="OrderedFetcher{TItem}"/>: it gives the file, saved or found in its place, or throws
    /// <see cref="FileVersionException"/>.
    /// </returns>
    public Func<IFetchContext<FileInfo>, CancellationToken, Task<FileInfo>> Prepare(VersionToSave version)
    {
        Func<string?, string> target;
        try
        {
            target = _names.Claim(version);
        }
        catch (FileVersionException e)
        {
            return (_, _) => Task.FromException<FileInfo>(About(e, version));
        }

        // A download holds its place among the requests from its first byte to its last.
        return (context, stop) => context.RequestAsync(inner => SaveAsync(version, target, context.Log, inner), stop);
    }

    /// <summary>Waits until nothing is written any more, after the work was cancelled.</summary>
    /// <param name="patience">The longest wait.</param>
    /// <returns>False when there is still work.</returns>
    public bool WaitUntilIdle(TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        lock (_lock)
        {
            while (_running > 0)
            {
                TimeSpan rest = patience - clock.Elapsed;
                if (rest <= TimeSpan.Zero || !Monitor.Wait(_lock, rest))
                {
                    return false;
                }
            }

            return true;
        }
    }

    private static string Subject(VersionToSave version) => ErrorTexts.Subject(version.FileId, version.VersionId);

    private static FileVersionException About(FileVersionException failure, VersionToSave version)
    {
        failure.FileId ??= version.FileId;
        failure.VersionId ??= version.VersionId;
        return failure;
    }

    private async Task<FileInfo> SaveAsync(
        VersionToSave version, Func<string?, string> target, Action<string> log, CancellationToken cancellationToken)
    {
        Begin();
        try
        {
            VersionToSave known = _source.IsComplete(version)
                ? version
                : await _source.DescribeAsync(version, log, cancellationToken).ConfigureAwait(false);
            string path = target(known.Name);
            await EnterAsync(path, cancellationToken).ConfigureAwait(false);
            try
            {
                await SaveToAsync(path, known, log, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw PartialFile.NotWritten(Subject(version), path, e);
            }
            finally
            {
                Leave(path);
            }

            Progress.Finish();
            return new FileInfo(path);
        }
        catch (FileVersionException e)
        {
            About(e, version);
            throw;
        }
        finally
        {
            End();
        }
    }

    private async Task SaveToAsync(string path, VersionToSave version, Action<string> log, CancellationToken cancellationToken)
    {
        if (!await MayWriteAsync(version, path, log, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        Directory.CreateDirectory(_destination.Folder);
        _ = _tidied.Value;
        Progress.Expect(version.Size ?? 0);
        for (int tries = 1; ; tries++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using PartialFile file = PartialFile.Create(path, Subject(version));
            await new ContentDownload(_connection, _source, version, file, Progress, log).RunAsync(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                file.Move(_force, version.Date);
                return;
            }
            catch (IOException) when (tries < MostTries && !File.Exists(file.Path))
            {
                // Between its closing and its move another process took it for a leftover.
            }
            catch (IOException) when (!_force && File.Exists(path))
            {
                // Another process was quicker, perhaps with the same version.
                if (await MayWriteAsync(version, path, log, cancellationToken).ConfigureAwait(false))
                {
                    throw;
                }

                return;
            }
        }
    }

    /// <returns>False when the version is there already.</returns>
    /// <exception cref="FileVersionException">Something else is there, which is to be kept.</exception>
    private async Task<bool> MayWriteAsync(VersionToSave version, string path, Action<string> log, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw PartialFile.NotWritten(Subject(version), path, new IOException(Texts.TargetIsFolder));
        }

        var there = new FileInfo(path);
        if (!there.Exists)
        {
            return true;
        }

        // Without a checksum the same length is a hint that is good enough to keep a file, and not to leave one that is to be replaced.
        if ((version.Sha1 is not null || !_force) && await IsSameAsync(version, there, cancellationToken).ConfigureAwait(false))
        {
            log(string.Format(CultureInfo.CurrentCulture, Texts.AlreadyThere, Subject(version), path));
            return false;
        }

        if (_force)
        {
            return true;
        }

        string message = string.Format(CultureInfo.CurrentCulture, Texts.TargetExists, Subject(version), path);
        throw new FileVersionException(FileVersionErrorKind.InvalidRequest, message, new TargetExistsException(message));
    }

    private async Task<bool> IsSameAsync(VersionToSave version, FileInfo there, CancellationToken cancellationToken)
    {
        if (version.Size is { } size && size != there.Length)
        {
            return false;
        }

        if (version.Sha1 is not null)
        {
            string sha1 = await PartialFile.HashAsync(there.FullName, cancellationToken).ConfigureAwait(false);
            return sha1.Equals(version.Sha1, StringComparison.OrdinalIgnoreCase);
        }

        // A name that was made for a version tells which it is; one that the user gave does not, but the date that it got does.
        return _destination.FileName is null
            || (version.Size is not null && version.Date is { } date && Math.Abs((there.LastWriteTimeUtc - date.UtcDateTime).TotalSeconds) <= 2);
    }

    private bool RemoveLeftovers()
    {
        PartialFile.RemoveLeftovers(_destination.Folder);
        return true;
    }

    /// <summary>Waits while the same path is being written: the same version came twice.</summary>
    private async Task EnterAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_lock)
            {
                if (_busy.Add(path))
                {
                    return;
                }
            }

            await Task.Delay(20, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Leave(string path)
    {
        lock (_lock)
        {
            _busy.Remove(path);
        }
    }

    private void Begin()
    {
        lock (_lock)
        {
            _running++;
        }
    }

    private void End()
    {
        lock (_lock)
        {
            if (--_running == 0)
            {
                Monitor.PulseAll(_lock);
            }
        }
    }
}
