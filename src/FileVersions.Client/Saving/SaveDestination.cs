namespace FileVersions.Saving;

/// <summary>Where versions are saved, and how their files are named.</summary>
public sealed class SaveDestination
{
    private SaveDestination(string folder, SaveLayout layout, string? fileName = null)
    {
        Folder = folder;
        Layout = layout;
        FileName = fileName;
    }

    /// <summary>The full path of the folder. It is created if needed.</summary>
    internal string Folder { get; }

    /// <summary>How files are named.</summary>
    internal SaveLayout Layout { get; }

    /// <summary>The name of the file for <see cref="SaveLayout.SingleFile"/>; otherwise null.</summary>
    internal string? FileName { get; }

    /// <summary>A folder in which each version gets a name of its own, such as <c>report (version 12345).pdf</c>.</summary>
    /// <param name="path">The full path of the folder.</param>
    public static SaveDestination ToFolder(string path) => new(path, SaveLayout.Folder);

    /// <summary>A folder in which each version is saved under its file's path in the account, such as <c>Reports/q3.pdf</c>.</summary>
    /// <param name="path">The full path of the folder.</param>
    public static SaveDestination ToTree(string path) => new(path, SaveLayout.Tree);

    /// <summary>A file for a single version.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <exception cref="FileVersionException">The path does not name a file, or the name is reserved for temporary files.</exception>
    public static SaveDestination ToFile(string path)
    {
        string name = Path.GetFileName(path);
        return name.Length > 0 && Path.GetDirectoryName(path) is { Length: > 0 } folder && !PartialFile.IsTemporaryName(name)
            ? new SaveDestination(folder, SaveLayout.SingleFile, name)
            : throw new FileVersionException(FileVersionErrorKind.InvalidRequest, Texts.SavingFileNameInvalid.FormatWith(path));
    }
}
