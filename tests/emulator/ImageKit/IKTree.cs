using System.Collections.Concurrent;
using System.Globalization;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.ImageKit;

/// <summary>
/// A generated tree below a folder such as <c>/tree-100000-2000/</c>: 100,000 files in 2,000 folders. File 42 has the id
/// <c>tree-100000-2000-42</c>. One file in twenty has four versions, the others have one.
/// </summary>
internal sealed class IKTree
{
    private const int MaxFiles = 1_000_000;
    private const int FoldersPerParent = 50;

    private static readonly string[] s_extensions = ["jpg", "png", "jpg", "webp", "mp4", "pdf"];
    private static readonly ConcurrentDictionary<(int Files, int Folders), IKTree> s_trees = new();

    private readonly int _perFolder;
    private readonly string[] _folders;

    private IKTree(int files, int folders)
    {
        Root = string.Create(CultureInfo.InvariantCulture, $"tree-{files}-{folders}");
        Files = files;
        _perFolder = (files + folders - 1) / folders;
        _folders = new string[folders];
        for (int i = 0; i < folders; i++)
        {
            _folders[i] = string.Create(CultureInfo.InvariantCulture, $"/{Root}/part-{i / FoldersPerParent:D3}/folder-{i:D5}/");
        }
    }

    /// <summary>The name of the root folder, which is also the prefix of the ids of its files.</summary>
    internal string Root { get; }

    internal int Files { get; }

    internal IReadOnlyList<string> Folders => _folders;

    /// <summary>The tree whose root folder has that name, or null.</summary>
    internal static IKTree? OfRoot(ReadOnlySpan<char> name)
    {
        const string Prefix = "tree-";
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        ReadOnlySpan<char> numbers = name[Prefix.Length..];
        int dash = numbers.IndexOf('-');
        return dash > 0 && TryRead(numbers[..dash], out int files) && TryRead(numbers[(dash + 1)..], out int folders) && folders <= files
            ? s_trees.GetOrAdd((files, folders), static key => new IKTree(key.Files, key.Folders))
            : null;
    }

    /// <summary>The tree that contains the file with that id, or null.</summary>
    internal static IKTree? OfFile(ReadOnlySpan<char> id, out int number)
    {
        number = 0;
        int dash = id.LastIndexOf('-');
        return dash > 0 && OfRoot(id[..dash]) is { } tree && int.TryParse(id[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < tree.Files
            ? tree
            : null;
    }

    internal GeneratedIKFile File(int number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Root}-{number}"), FolderOf(number), number % 20 == 7 ? 4 : 1);

    /// <summary>The file at that path, or null.</summary>
    internal GeneratedIKFile? FileAt(string path)
    {
        int dash = path.LastIndexOf('-');
        int dot = path.LastIndexOf('.');
        return dash >= 0 && dot > dash && int.TryParse(path.AsSpan(dash + 1, dot - dash - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number < Files && path == FolderOf(number) + NameOf(number) ? File(number) : null;
    }

    internal string FolderOf(int number) => _folders[number / _perFolder];

    internal static string NameOf(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"item-{number:D6}.{s_extensions[(int)(Mix.Scramble((ulong)number) % (ulong)s_extensions.Length)]}");

    /// <summary>Each file is newer than the one before.</summary>
    internal static DateTime CreatedAt(int number) => new DateTime(2021, 3, 1, 8, 0, 0, DateTimeKind.Utc).AddSeconds(number).AddMilliseconds(Mix.Scramble((ulong)number) % 1000);

    private static bool TryRead(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is > 0 and <= MaxFiles;
}
