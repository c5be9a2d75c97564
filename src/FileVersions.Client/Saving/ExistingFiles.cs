using FileVersions.Services;

namespace FileVersions.Saving;

/// <summary>Decides whether an existing file already has the content of a version, or may be replaced.</summary>
internal sealed class ExistingFiles(SaveLayout layout, bool replace)
{
    // FAT stores even seconds.
    private static readonly TimeSpan s_dateTolerance = TimeSpan.FromSeconds(2);

    /// <summary>Returns whether a file exists with the content of a version.</summary>
    /// <exception cref="FileVersionException">The file has different content and must not be replaced, or cannot be read.</exception>
    internal async Task<bool> HaveAsync(VersionToSave version, string path, Action<string>? log, CancellationToken cancellationToken)
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
            log?.Invoke(Texts.SavingSkipped.FormatWith(SaveError.Subject(version), path));
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
            return !replace && version.Date is null && layout == SaveLayout.Folder;
        }

        try
        {
            using FileStream stream = ContentHash.OpenFile(target.FullName);
            return version.Sha1.Equals(await ContentHash.ComputeAsync(stream, cancellationToken).ConfigureAwait(false), StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SaveError.Create(FileVersionErrorKind.FileNotReadable, version, Texts.SavingFileNotReadable, target.FullName, e);
        }
    }
}
