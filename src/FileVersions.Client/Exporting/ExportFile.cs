using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using FileVersions.Http;

namespace FileVersions.Exporting;

/// <summary>
/// A file that versions are exported to, with a journal next to it. Files are written one after the other and become final in batches:
/// first the versions are flushed to the disk, then a line in the journal. A run that ended at any moment is resumed by the next one.
/// </summary>
/// <remarks>Not for concurrent use. Every failure is a <see cref="FileVersionException"/> and ends the export.</remarks>
public sealed class ExportFile : IDisposable
{
    private const int TailLength = 4096;

    // The maximum loss when the process is killed: the work of one second.
    private static readonly TimeSpan s_maxBatchAge = TimeSpan.FromSeconds(1);

    private readonly IClock _clock;
    private readonly long _start;
    private readonly string _path;
    private readonly IdSet _doneBefore = new();
    private readonly IdSet _seen = new();
    private readonly List<string> _done = [];
    private readonly List<ExportPart> _failed = [];
    private ExportJournal? _journal;
    private FileStream? _output;
    private long _fileStart;
    private long _fileVersions;
    private long _batchStart;
    private long _files;
    private long _filesDoneBefore;
    private long _filesFailed;
    private long _versions;

    /// <summary>Opens a file and brings it to the state of the last batch, or creates it.</summary>
    /// <param name="path">The full path of the file. The journal is next to it: <c>versions.csv.journal</c>.</param>
    /// <param name="settings">What is exported.</param>
    /// <exception cref="FileVersionException">
    /// The file is not an export with these settings, was changed since (<see cref="FileVersionErrorKind.TargetExists"/>), or cannot be
    /// written (<see cref="FileVersionErrorKind.FileNotWritable"/>).
    /// </exception>
    public ExportFile(string path, ExportSettings settings)
        : this(path, settings, SystemClock.Instance)
    {
    }

    internal ExportFile(string path, ExportSettings settings, IClock clock)
    {
        _path = path;
        _clock = clock;
        _start = _batchStart = clock.GetTimestamp();
        try
        {
            Guard(() => Open(settings));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether the current batch is old enough to be committed.</summary>
    public bool IsCommitDue => HasUncommitted && _clock.GetElapsedTime(_batchStart) >= s_maxBatchAge;

    /// <summary>The number of files that are complete or have failed, including earlier runs.</summary>
    public long FilesProcessed { get; private set; }

    /// <summary>The number of versions that this run has written.</summary>
    public long Versions => _versions;

    private bool HasUncommitted => _done.Count > 0 || _failed.Count > 0;

    /// <summary>Closes the file. What was not committed is removed by the next run.</summary>
    public void Dispose()
    {
        _output?.Dispose();
        _journal?.Dispose();
        _doneBefore.Dispose();
        _seen.Dispose();
    }

    /// <summary>Adds a file to the input.</summary>
    /// <returns>False if there is nothing to do: the file was added before, or an earlier run has exported it.</returns>
    public bool TryAdd(string fileId)
    {
        if (!_seen.Add(fileId))
        {
            return false;
        }

        _files++;
        if (!_doneBefore.Contains(fileId))
        {
            return true;
        }

        _filesDoneBefore++;
        FilesProcessed++;
        return false;
    }

    /// <summary>
    /// Writes a part of a file. All parts of a file are written before those of the next one. A failed file leaves nothing behind, unless
    /// the service cannot list more of it (<see cref="FileVersionErrorKind.ResultTruncated"/>).
    /// </summary>
    /// <exception cref="FileVersionException">The file cannot be written (<see cref="FileVersionErrorKind.FileNotWritable"/>).</exception>
    public void Write(ExportPart part)
    {
        if (part.Content is { Length: > 0 } content)
        {
            Guard(() => _output!.Write(content, 0, content.Length));
            _fileVersions += part.Versions;
        }

        if (part.IsLast)
        {
            EndFile(part);
        }
    }

    /// <summary>Makes all complete files final. The versions and the journal are on the disk when the method returns.</summary>
    /// <exception cref="FileVersionException">A file cannot be written (<see cref="FileVersionErrorKind.FileNotWritable"/>).</exception>
    public void Commit()
    {
        if (HasUncommitted)
        {
            Guard(() =>
            {
                _output!.Flush(flushToDisk: true);
                _journal!.Append(new JournalEntry(_fileStart, HashTail(_fileStart)), _done, _failed);
            });
            _done.Clear();
            _failed.Clear();
        }

        _batchStart = _clock.GetTimestamp();
    }

    /// <summary>The result so far.</summary>
    public ExportSummary GetSummary() => new()
    {
        Path = _path,
        Files = _files,
        FilesDoneBefore = _filesDoneBefore,
        FilesFailed = _filesFailed,
        Versions = _versions,
        Elapsed = _clock.GetElapsedTime(_start),
    };

    private void EndFile(ExportPart part)
    {
        if (!HasUncommitted)
        {
            _batchStart = _clock.GetTimestamp();
        }

        if (part.ErrorKind is not null)
        {
            _failed.Add(part);
        }

        if (part.ErrorKind is null or FileVersionErrorKind.ResultTruncated)
        {
            _done.Add(part.FileId);
            _versions += _fileVersions;
            _fileStart = _output!.Position;
        }
        else
        {
            _filesFailed++;
            if (_output!.Position != _fileStart)
            {
                Guard(() => _output.SetLength(_fileStart));
                _output.Seek(0, SeekOrigin.End);
            }
        }

        _fileVersions = 0;
        FilesProcessed++;
    }

    private void Open(ExportSettings settings)
    {
        string journalPath = _path + ".journal";
        if (!File.Exists(journalPath) && new FileInfo(_path) is { Exists: true, Length: > 0 })
        {
            throw CreateError(Texts.ExportingFileForeign);
        }

        try
        {
            _journal = ExportJournal.Open(journalPath, id => _doneBefore.Add(id));
        }
        catch (InvalidDataException e)
        {
            throw CreateError(Texts.ExportingJournalInvalid, e);
        }

        _output = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1);
        if (_journal.Settings is null)
        {
            // A crash can leave the beginning of the settings, and then the file is still empty.
            if (_output.Length > 0 || !IsPrefix(_journal.Rest, settings.Text))
            {
                throw CreateError(Texts.ExportingFileForeign);
            }

            _journal.Begin(settings.Text);
        }
        else if (_journal.Settings != settings.Text)
        {
            throw CreateError(Texts.ExportingSettingsDiffer);
        }

        Resume(settings);
    }

    private void Resume(ExportSettings settings)
    {
        if (_journal!.LastEntry is { } last)
        {
            if (_output!.Length < last.Length || HashTail(last.Length) != last.Tail)
            {
                throw CreateError(Texts.ExportingFileChanged);
            }

            _output.SetLength(last.Length);
            _output.Seek(0, SeekOrigin.End);
        }
        else
        {
            byte[] header = settings.Formatter.FormatHeader(settings.Columns);
            _output!.SetLength(0);
            _output.Write(header, 0, header.Length);
        }

        _fileStart = _output.Position;
    }

    private static bool IsPrefix(byte[] rest, string settings) =>
        settings.StartsWith(Encoding.UTF8.GetString(rest), StringComparison.Ordinal);

    [SuppressMessage("Performance", "CA1850:Prefer static HashData", Justification = ".NET Standard 2.0 has no HashData.")]
    private string HashTail(long length)
    {
        byte[] tail = new byte[Math.Min(TailLength, length)];
        long position = _output!.Position;
        _output.Seek(length - tail.Length, SeekOrigin.Begin);
        int count = 0;
        while (count < tail.Length && _output.Read(tail, count, tail.Length - count) is > 0 and int read)
        {
            count += read;
        }

        _output.Seek(position, SeekOrigin.Begin);
        using var sha256 = SHA256.Create();
        return Convert.ToBase64String(sha256.ComputeHash(tail, 0, count));
    }

    /// <summary>Runs an action and converts its failure to the error of this file.</summary>
    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // The runtime reports a file that is too large for its file system as an argument out of range.
            throw new FileVersionException(
                FileVersionErrorKind.FileNotWritable,
                Texts.ExportingFileNotWritable.FormatWith(_path, e.Message.TrimEnd('.')),
                e);
        }
    }

    private FileVersionException CreateError(string text, Exception? cause = null) =>
        new(FileVersionErrorKind.TargetExists, text.FormatWith(_path), cause);
}
