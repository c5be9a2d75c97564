using System.Management.Automation;

namespace FileVersions.PS.Parameters;

/// <summary>Resolves paths of local files.</summary>
internal static class FileSystemPath
{
    /// <summary>Resolves a path against the current location. It is not interpreted as a pattern, and need not exist.</summary>
    /// <param name="cmdlet">The cmdlet that has the path.</param>
    /// <param name="path">The path.</param>
    /// <param name="failure">Why the path is not valid; null if it is valid.</param>
    /// <returns>The full path; null if the path is not valid or not in the file system.</returns>
    internal static string? ResolvePath(this PSCmdlet cmdlet, string path, out Exception? failure)
    {
        failure = null;
        try
        {
            string resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem" ? Path.GetFullPath(resolved) : null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException
            or ItemNotFoundException or System.Management.Automation.DriveNotFoundException)
        {
            failure = e;
            return null;
        }
    }
}
