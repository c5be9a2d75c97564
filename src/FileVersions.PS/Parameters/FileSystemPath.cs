namespace FileVersions.PS.Parameters;

/// <summary>Resolves paths of local files.</summary>
internal static class FileSystemPath
{
    /// <summary>Resolves a path against the current location. It is not interpreted as a pattern, and need not exist.</summary>
    /// <param name="cmdlet">The cmdlet that has the path.</param>
    /// <param name="path">The path.</param>
    /// <param name="errorKind">The kind of the error.</param>
    /// <param name="invalid">The message for a path that is not valid; {0} is the path and {1} the file id.</param>
    /// <param name="notFileSystem">The message for a path of another provider, such as the registry.</param>
    /// <param name="fileId">The file that the error is about; null for none.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="FileVersionException">The path is not valid, or not in the file system.</exception>
    internal static string ResolvePath(
        this PSCmdlet cmdlet, string path, FileVersionErrorKind errorKind, string invalid, string notFileSystem, string? fileId = null)
    {
        try
        {
            string resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            if (provider.Name != "FileSystem")
            {
                throw Error(notFileSystem);
            }

            // PowerShell returns \\server\share unchanged on every system. On Linux, it would be a name in the folder of the process.
            return Path.GetFullPath(resolved.Replace('\\', Path.DirectorySeparatorChar));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException
            or ItemNotFoundException or System.Management.Automation.DriveNotFoundException)
        {
            throw Error(invalid, e);
        }

        FileVersionException Error(string text, Exception? cause = null) => new(errorKind, text.FormatWith(path, fileId), cause) { FileId = fileId };
    }
}
