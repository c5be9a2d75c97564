using System;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace FileVersions.Saving;

/// <summary>
/// A file while it is written: under a name of its own beside its target, so that whatever stands under the final name is whole.
/// Unless it was moved there it is gone when disposed.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private const string Prefix = ".fileversions-";
    private const string Suffix = ".partial";

    private readonly FileStream _stream;
    private readonly ContentHash _hash = new();

    private PartialFile(string path)
    {
        Path = path;

        // Whole buffers come: the stream needs none of its own.
        _stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
    }

    internal string Path { get; }

    /// <summary>The number of bytes written.</summary>
    internal long Length { get; private set; }

    /// <summary>Begins a file in a folder that exists.</summary>
    internal static PartialFile Create(string folder) =>
        new(System.IO.Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}{Suffix}"));

    /// <summary>Removes what processes that were killed have left in a folder. What is still being written is locked and stays.</summary>
    internal static void RemoveLeftovers(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}"))
        {
            try
            {
                new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process writes it, or it is another user's: none of ours either way.
            }
        }
    }

    /// <summary>A buffer for the next part of the content; waits until one is free.</summary>
    internal Task<byte[]> RentAsync(CancellationToken cancellationToken) => _hash.RentAsync(cancellationToken);

    /// <summary>
    /// Appends a rented buffer's first bytes and takes the buffer back. Writes at once, by the thread that received them: that is a
    /// copy to the system's cache, and quicker than to have another thread do it.
    /// </summary>
    /// <exception cref="FileVersionException">It cannot be written, for example because the disk is full.</exception>
    internal void Append(byte[] buffer, int count)
    {
        try
        {
            _stream.Write(buffer, 0, count);
            Length += count;
        }
        catch (IOException e)
        {
            throw NotWritten(Path, e);
        }
        finally
        {
            _hash.Add(buffer, count);
        }
    }

    /// <summary>Ends when what was appended is in the checksum too; to be awaited before anything else is done with the file.</summary>
    internal Task WaitAsync() => _hash.WaitAsync();

    /// <summary>Drops what was written.</summary>
    /// <exception cref="FileVersionException">It cannot be written.</exception>
    internal void Restart()
    {
        try
        {
            _stream.SetLength(0);
        }
        catch (IOException e)
        {
            throw NotWritten(Path, e);
        }

        _hash.Restart();
        Length = 0;
    }

    /// <summary>The SHA-1 of what was written since the last call or restart, in hexadecimal digits.</summary>
    internal string TakeSha1() => _hash.Take();

    /// <summary>Puts the file in its place, in one step.</summary>
    /// <exception cref="IOException">Something is there already, and it is not to be replaced.</exception>
    internal void MoveTo(string target, bool replace, DateTimeOffset? date)
    {
        _stream.Dispose();
        if (date is { } lastChange)
        {
            File.SetLastWriteTimeUtc(Path, lastChange.UtcDateTime);
        }

        if (replace && File.Exists(target))
        {
            File.Replace(Path, target, null);
        }
        else
        {
            File.Move(Path, target);
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _hash.Dispose();

        // Nothing happens where it has been moved away.
        File.Delete(Path);
    }

    /// <summary>The SHA-1 of a file's content, in hexadecimal digits.</summary>
    internal static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = ContentHash.Create();
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        byte[] buffer = new byte[ContentHash.BufferSize];
        int read;
        while ((read = await stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        return ContentHash.ToHex(hash.GetHashAndReset());
    }

    internal static FileVersionException NotWritten(string path, Exception cause) =>
        new(FileVersionErrorKind.InvalidRequest, string.Format(CultureInfo.CurrentCulture, Texts.FileNotWritten, path, cause.Message), cause);
}
