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

    private const int WorthThread = 32 * 1024;

    private readonly FileStream _stream;
    private IncrementalHash _hash = NewHash();

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

    /// <summary>
    /// Writes at once, which is a copy to the system's cache and quicker than to have another thread do it; what is waited for is the
    /// checksum. Until then the buffer is in use.
    /// </summary>
    /// <exception cref="FileVersionException">It cannot be written, for example because the disk is full.</exception>
    internal async Task AppendAsync(byte[] buffer, int count)
    {
        Task hashing = Task.CompletedTask;
        if (count < WorthThread)
        {
            _hash.AppendData(buffer, 0, count);
        }
        else
        {
            hashing = Task.Run(() => _hash.AppendData(buffer, 0, count));
        }

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
            await hashing.ConfigureAwait(false);
        }
    }

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

        _hash.Dispose();
        _hash = NewHash();
        Length = 0;
    }

    /// <summary>The SHA-1 of what was written since the last call or restart, in hexadecimal digits.</summary>
    internal string TakeSha1() => ToHex(_hash.GetHashAndReset());

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
        using IncrementalHash hash = NewHash();
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        byte[] buffer = new byte[128 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        return ToHex(hash.GetHashAndReset());
    }

    internal static FileVersionException NotWritten(string path, Exception cause) =>
        new(FileVersionErrorKind.InvalidRequest, string.Format(CultureInfo.CurrentCulture, Texts.FileNotWritten, path, cause.Message), cause);

#pragma warning disable CA5350 // It is no safeguard against forgers: it is the checksum that Box gives.
    private static IncrementalHash NewHash() => IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350

    private static string ToHex(byte[] hash) => BitConverter.ToString(hash).Replace("-", string.Empty);
}
