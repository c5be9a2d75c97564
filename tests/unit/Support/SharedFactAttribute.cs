namespace FileVersions.UnitTests.Support;

/// <summary>A test that needs the folder <c>shared</c> next to the repository. It is skipped if the folder is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string needed)
    {
        if (!File.Exists(Locate(needed)) && !Directory.Exists(Locate(needed)))
        {
            Skip = $"'../shared/{needed}' does not exist next to the repository.";
        }
    }

    /// <summary>The full path of an item in that folder, which need not exist.</summary>
    internal static string Locate(string path)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "FileVersions.psd1")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.GetFullPath(Path.Combine(folder ?? AppContext.BaseDirectory, "..", "shared", path));
    }
}
