using System.IO;

namespace FileVersions.Saving;

/// <summary>Where versions are saved: in a folder, under names made for them, or, one version, under a name that the user gave.</summary>
public sealed class SaveDestination
{
    private SaveDestination(string folder, string? fileName)
    {
        Folder = folder;
        FileName = fileName;
    }

    /// <summary>The full path of the folder, which may not be there yet.</summary>
    public string Folder { get; }

    /// <summary>The name of the one file; null where a name is made for each version.</summary>
    public string? FileName { get; }

    /// <summary>
    /// A folder, if one is there, or if the path ends in a separator, or if its last part has no extension; else a file.
    /// </summary>
    /// <param name="path">A full path.</param>
    public static SaveDestination FromPath(string path)
    {
        char last = path[path.Length - 1];
        bool endsInSeparator = last == Path.DirectorySeparatorChar || last == Path.AltDirectorySeparatorChar;
        string name = Path.GetFileName(path);
        bool hasExtension = name.LastIndexOf('.') > 0;
        return endsInSeparator || Directory.Exists(path) || !(hasExtension || File.Exists(path)) || Path.GetDirectoryName(path) is not { Length: > 0 } folder
            ? new SaveDestination(path, null)
            : new SaveDestination(folder, name);
    }
}
