using System;
using System.IO;
using Xunit;

namespace FileVersions.UnitTests.Support;

/// <summary>The folder <c>shared</c> beside the checkout, with documents and recorded replies that are not the project's own.</summary>
internal static class SharedFolder
{
    internal static string? Path { get; } = Find();

    internal static string PathOf(string name) => System.IO.Path.Combine(Path!, name);

    internal static string? SkipReason(string name) =>
        Path is not null && System.IO.Path.Exists(PathOf(name)) ? null : $"../shared/{name} is not beside this checkout";

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "FileVersions.slnx")))
            {
                string shared = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder.FullName, "..", "shared"));
                return Directory.Exists(shared) ? shared : null;
            }
        }

        return null;
    }
}

/// <summary>A test that is skipped where a file of the shared folder is missing.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    /// <summary>Names the file.</summary>
    public SharedTheoryAttribute(string name) => Skip = SharedFolder.SkipReason(name);
}

/// <inheritdoc cref="SharedTheoryAttribute"/>
public sealed class SharedFactAttribute : FactAttribute
{
    /// <summary>Names the file.</summary>
    public SharedFactAttribute(string name) => Skip = SharedFolder.SkipReason(name);
}
