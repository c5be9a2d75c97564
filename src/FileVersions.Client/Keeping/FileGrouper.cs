namespace FileVersions.Keeping;

/// <summary>
/// Collects a stream of versions file by file. The versions of a file must be contiguous: a file that reappears is an error, and its later versions are ignored.
/// Holds the versions of one file at a time, and a 64-bit hash of the id of every file that has passed.
/// </summary>
/// <param name="onFile">Receives all versions of a file as soon as they are complete. The list is valid only during the call.</param>
/// <param name="onError">Receives an error (<see cref="FileVersionErrorKind.FileNotTogether"/>) for a file that reappears, once for each file.</param>
public sealed class FileGrouper(Action<IReadOnlyList<VersionEntry>> onFile, Action<FileVersionException> onError)
{
    private readonly List<VersionEntry> _versions = [];
    private readonly HashSet<ulong> _files = [];
    private readonly HashSet<ulong> _rejectedFiles = [];
    private string? _fileId;
    private bool _isRejected;

    /// <summary>Adds a version. If it belongs to another file than the previous one, that file is complete.</summary>
    /// <param name="version">The version.</param>
    public void Add(VersionEntry version)
    {
        if (version.FileId != _fileId)
        {
            Complete();
            BeginFile(version);
        }

        if (!_isRejected)
        {
            _versions.Add(version);
        }
    }

    /// <summary>Completes the last file. Call it at the end of the input.</summary>
    public void Complete()
    {
        if (_versions.Count > 0)
        {
            onFile(_versions);
            _versions.Clear();
        }
    }

    private void BeginFile(VersionEntry version)
    {
        // The probability that two of a million ids share a hash is about 1 in 37 million.
        // The second file would then be reported and skipped, so none of its versions would expire.
        ulong hash = StableHash.Of(version.FileId);
        _fileId = version.FileId;
        _isRejected = !_files.Add(hash);
        if (_isRejected && _rejectedFiles.Add(hash))
        {
            string message = Texts.KeepingFileNotTogether.FormatWith(version.FileId);
            onError(new FileVersionException(FileVersionErrorKind.FileNotTogether, message) { FileId = version.FileId });
        }
    }
}
