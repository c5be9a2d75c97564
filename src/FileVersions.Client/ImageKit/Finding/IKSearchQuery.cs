namespace FileVersions.ImageKit.Finding;

/// <summary>Builds queries in ImageKit's search syntax.</summary>
internal static class IKSearchQuery
{
    /// <summary>All files below a path, in subfolders too.</summary>
    /// <param name="path">The path of a folder.</param>
    internal static string FilesBelow(string path) => $"type = \"file\" AND path : {Quote(AsFolder(path))}";

    /// <summary>The path with a slash at both ends.</summary>
    internal static string AsFolder(string path)
    {
        string inner = path.Trim('/');
        return inner.Length == 0 ? "/" : $"/{inner}/";
    }

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
