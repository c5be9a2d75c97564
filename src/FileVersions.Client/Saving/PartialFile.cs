using System.Security.Cryptography;
using System.Text.RegularExpressions;
using FileVersions.Services;

namespace FileVersions.Saving;

/// <summary>
/// A file that is being written under a temporary name next to its target, so that the target is always complete. It is deleted when
/// disposed unless it was moved to its target.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private const string NamePattern = @"\.fileversions-[0-9a-f]{32}\.partial";

    private static readonly Regex s_temporaryName = new($@"\A{NamePattern}\z", RegexOptions.CultureInvariant);

    private readonly string _target;
    private readonly VersionToSave _version;
    private readonly FileStream _stream;
    private readonly IncrementalHash? _hash;
    private Task _hashing = Task.CompletedTask;

    private PartialFile(string target, VersionToSave version)
    {
        _target = target;
        _version = version;
        _hash = version.Sha1 is null ? null : ContentHash.Create();
        Path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(target)!, $".fileversions-{Guid.NewGuid():N}.partial");

        // Whole buffers are written, so the stream needs none of its own.
        _stream = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
    }

    /// <summary>The full path of the temporary file.</summary>
    internal string Path { get; }

    /// <summary>The number of bytes written.</summary>
    internal long Length { get; private set; }

    /// <summary>Creates the temporary file in an existing folder. If the version has a SHA-1, that of the content is computed while it is written.</summary>
    internal static PartialFile Create(string target, VersionToSave version)
    {
        try
        {
            return new PartialFile(target, version);
        }
        catch (IOException)
        {
            // Another process may have removed it as a leftover before it was locked.
            return new PartialFile(target, version);
        }
    }

    /// <summary>Whether a file name is one that <see cref="Create"/> gives to temporary files.</summary>
    internal static bool IsTemporaryName(string name) => s_temporaryName.IsMatch(name);

    /// <summary>Removes the temporary files of processes that were killed. Files that are being written are locked and stay.</summary>
    internal static void RemoveLeftovers(string folder)
    {
        try
        {
            foreach (string path in Directory.EnumerateFiles(folder, ".fileversions-*.partial"))
            {
                if (IsTemporaryName(System.IO.Path.GetFileName(path)))
                {
                    RemoveLeftover(path);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Files can be saved in a folder that cannot be listed.
        }
    }

    private static void RemoveLeftover(string path)
    {
        try
        {
            new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process is writing it, or it belongs to another user.
        }
    }

    /// <summary>
    /// Appends the first bytes of a buffer. They are hashed in the background, so the buffer must not change until the next call, or
    /// <see cref="WaitForHashAsync"/>, has completed.
    /// </summary>
    /// <exception cref="FileVersionException">The file cannot be written, for example because the disk is full.</exception>
    internal async Task AppendAsync(byte[] buffer, int count)
    {
        try
        {
            _stream.Write(buffer, 0, count);
        }
        catch (IOException e)
        {
            throw CreateError(_version, _target, e);
        }

        Length += count;
        if (_hash is not null)
        {
            await _hashing.ConfigureAwait(false);
            _hashing = Task.Run(() => _hash.AppendData(buffer, 0, count));
        }
    }

    /// <summary>Waits until everything that was appended is hashed. Call this before anything else is done with the file.</summary>
    internal Task WaitForHashAsync() => _hashing;

    /// <summary>Discards what was written.</summary>
    /// <exception cref="FileVersionException">The file cannot be written.</exception>
    internal void Restart()
    {
        if (Length == 0)
        {
            // When it closes a file that was ever truncated to nothing, ext4 writes it to the disk at once.
            return;
        }

        try
        {
            _stream.SetLength(0);
        }
        catch (IOException e)
        {
            throw CreateError(_version, _target, e);
        }

        _hash?.GetHashAndReset();
        Length = 0;
    }

    /// <summary>Ends the computation of the SHA-1 and returns it in hexadecimal digits; null if it was not computed.</summary>
    internal string? TakeSha1() => _hash is null ? null : ContentHash.ToHex(_hash.GetHashAndReset());

    /// <summary>Moves the file to its target in one step, with a date; null for the current time.</summary>
    /// <exception cref="IOException">A file exists and must not be replaced.</exception>
    internal void Move(bool replace, DateTimeOffset? date)
    {
        _stream.Dispose();
        if (date is { } lastChange)
        {
            try
            {
                File.SetLastWriteTimeUtc(Path, lastChange.UtcDateTime);
            }
            catch (Exception e) when (e is ArgumentException or IOException)
            {
                // No file system supports every date: Windows has none before 1601. The content is complete without it.
            }
        }

        if (replace && File.Exists(_target))
        {
            File.Replace(Path, _target, null);
            return;
        }

        try
        {
            File.Move(Path, _target);
        }
        catch (IOException) when (replace && File.Exists(_target))
        {
            // Another process created it after the check.
            File.Replace(Path, _target, null);
        }
    }

    /// <summary>Deletes the file unless it was moved.</summary>
    public void Dispose()
    {
        _hash?.Dispose();
        try
        {
            _stream.Dispose();

            // Has no effect if the file was moved.
            File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The original failure matters more, and the next run removes the leftover.
        }
    }

    /// <summary>Creates the error for a file that cannot be written.</summary>
    internal static FileVersionException CreateError(VersionToSave version, string target, Exception cause)
    {
        // Show the name of the target instead of the temporary file, which no longer exists.
        string name = System.IO.Path.GetFileName(target);
        string reason = Regex.Replace(cause.Message, NamePattern, _ => name).Replace($" : '{target}'", string.Empty);
        return SaveError.Create(
            FileVersionErrorKind.FileNotWritable, version, Texts.SavingFileNotWritable, target, new IOException(reason, cause));
    }
}
