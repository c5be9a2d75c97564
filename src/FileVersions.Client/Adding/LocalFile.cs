using FileVersions.Http.Errors;
using FileVersions.Services;

namespace FileVersions.Adding;

/// <summary>A local file that is read as one consistent content: if it changes while it is read, reading fails.</summary>
internal sealed class LocalFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly string _path;
    private readonly DateTime _changedAt;

    private LocalFile(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
        _changedAt = File.GetLastWriteTimeUtc(path);
        Length = stream.Length;
    }

    /// <summary>The size in bytes when the file was opened.</summary>
    internal long Length { get; }

    /// <summary>Opens a file. Where the system supports it, others cannot write to the file until it is closed.</summary>
    /// <exception cref="FileVersionException">The file does not exist, is a folder, is in use or cannot be read.</exception>
    internal static LocalFile Open(string path)
    {
        try
        {
            return Directory.Exists(path)
                ? throw Error(Texts.AddingFileIsFolder, cause: null)
                : new LocalFile(path, ContentHash.OpenFile(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Error(Texts.AddingFileMissing, e);
        }
        catch (Exception e) when (IsReadFailure(e) || e is NotSupportedException or ArgumentException)
        {
            throw Unreadable(e);
        }
    }

    /// <summary>Reads the next bytes.</summary>
    /// <exception cref="FileVersionException">The file cannot be read or has changed.</exception>
    internal async Task ReadExactlyAsync(byte[] buffer, int count, CancellationToken cancellationToken)
    {
        try
        {
            for (int offset = 0; offset < count;)
            {
                int read = await _stream.ReadAsync(buffer, offset, count - offset, cancellationToken).ConfigureAwait(false);
                offset += read > 0 ? read : throw Error(Texts.AddingFileChanged, cause: null);
            }

            if (_stream.Position == Length && (_stream.Length != Length || File.GetLastWriteTimeUtc(_path) != _changedAt))
            {
                throw Error(Texts.AddingFileChanged, cause: null);
            }
        }
        catch (Exception e) when (IsReadFailure(e))
        {
            throw Unreadable(e);
        }
    }

    /// <summary>Reads the file from its start and computes the SHA-1, in hexadecimal digits.</summary>
    /// <exception cref="FileVersionException">The file cannot be read or has changed.</exception>
    internal async Task<string> ComputeSha1Async(CancellationToken cancellationToken)
    {
        using Stream content = OpenAtStart();
        return await ContentHash.ComputeAsync(content, cancellationToken).ConfigureAwait(false);
    }

    internal void Rewind() => _stream.Position = 0;

    /// <summary>Reads the file from its start as a stream. Only one stream can be read at a time.</summary>
    internal Stream OpenAtStart()
    {
        Rewind();
        return new LocalFileStream(this);
    }

    public void Dispose() => _stream.Dispose();

    private static bool IsReadFailure(Exception failure) => failure is IOException or UnauthorizedAccessException;

    private static FileVersionException Unreadable(Exception cause) =>
        Error(Texts.AddingFileUnreadable.FormatWith(ErrorText.Sentence(cause.Message)), cause);

    private static FileVersionException Error(string text, Exception? cause) => new(FileVersionErrorKind.FileNotReadable, text, cause);
}
