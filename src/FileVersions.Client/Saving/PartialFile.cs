using System;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Http;

namespace FileVersions.Saving;

/// <summary>
/// A file while it is written: under a name of its own beside its target, so that whatever stands under the final name is whole.
/// Unless it was moved there it is gone when disposed.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private const string Prefix = ".fileversions-";
    private const string Suffix = ".partial";

    private readonly string _target;
    private readonly string _subject;
    private readonly FileStream _stream;
    private readonly ContentHash _hash = new();

    private PartialFile(string target, string subject)
    {
        _target = target;
        _subject = subject;
        Path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(target)!, $"{Prefix}{Guid.NewGuid():N}{Suffix}");

        // Whole buffers come: the stream needs none of its own.
        _stream = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
    }

    internal string Path { get; }

    /// <summary>The number of bytes written.</summary>
    internal long Length { get; private set; }

    /// <summary>Begins a file.</summary>
    /// <param name="target">The full path that it will have, in a folder that exists.</param>
    /// <param name="subject">The version that it will hold, for messages.</param>
    internal static PartialFile Create(string target, string subject)
    {
        try
        {
            return new PartialFile(target, subject);
        }
        catch (IOException)
        {
            // Another process may have taken it for a leftover before it was locked.
            return new PartialFile(target, subject);
        }
    }

    /// <summary>Removes what processes that were killed have left in a folder. What is still being written is locked and stays.</summary>
    internal static void RemoveLeftovers(string folder)
    {
        try
        {
            foreach (string path in Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}"))
            {
                RemoveLeftover(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be listed can be written to even so.
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
            // Another process writes it, or it is another user's: none of ours either way.
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
            throw NotWritten(_subject, _target, e);
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
            throw NotWritten(_subject, _target, e);
        }

        _hash.Restart();
        Length = 0;
    }

    /// <summary>The SHA-1 of what was written since the last call or restart, in hexadecimal digits.</summary>
    internal string TakeSha1() => _hash.Take();

    /// <summary>Puts the file in its place, in one step.</summary>
    /// <exception cref="IOException">Something is there already, and it is not to be replaced.</exception>
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
                // No file system holds every date: Windows none before 1601. The content is whole without it.
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
            // It appeared meanwhile.
            File.Replace(Path, _target, null);
        }
    }

    public void Dispose()
    {
        _hash.Dispose();
        try
        {
            _stream.Dispose();

            // Nothing happens where it has been moved away.
            File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What happened before counts, and the next run takes away what is left.
        }
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

    /// <summary>The error of a file that cannot be written.</summary>
    /// <param name="subject">The version.</param>
    /// <param name="target">The full path that it was to have.</param>
    /// <param name="cause">What the system says.</param>
    internal static FileVersionException NotWritten(string subject, string target, Exception cause)
    {
        // The system names the temporary file, which nobody knows and which is gone: its target stands for it.
        string name = System.IO.Path.GetFileName(target);
        string reason = Regex
            .Replace(cause.Message, $"{Regex.Escape(Prefix)}[0-9a-f]+{Regex.Escape(Suffix)}", _ => name)
            .Replace($" : '{target}'", string.Empty);
        string message = string.Format(CultureInfo.CurrentCulture, Texts.FileNotWritten, subject, target, ErrorTexts.Sentence(reason));
        return new FileVersionException(FileVersionErrorKind.InvalidRequest, message, cause);
    }
}
