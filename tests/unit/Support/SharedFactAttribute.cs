using System;
using System.IO;
using Xunit;

namespace FileVersions.UnitTests.Support;

/// <summary>A test that needs the folder <c>shared</c> beside the checkout; where that is absent, it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string needed)
    {
        if (!File.Exists(Locate(needed)) && !Directory.Exists(Locate(needed)))
        {
            Skip = $"'../shared/{needed}' is not beside this checkout.";
        }
    }

    /// <summary>The full path of something in that folder, be it there or not.</summary>
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
