using System.Text.RegularExpressions;
using Mono.Cecil;

namespace FileVersions.UnitTests.Architecture;

/// <summary>The layers of the client. Each top-level folder is a layer, and dependencies only point down.</summary>
public sealed partial class LayerTests
{
    /// <summary>The layers from bottom to top. Each can use itself and the named layers. Every layer can use the root namespace.</summary>
    private static readonly Dictionary<string, string[]> s_allowed = new(StringComparer.Ordinal)
    {
        [""] = [],
        ["Json"] = [],
        ["Keeping"] = [],
        ["Http"] = ["Json"],
        ["Fetching"] = ["Http"],
        ["Services"] = ["Json", "Keeping", "Http", "Fetching"],
        ["Saving"] = ["Http", "Fetching", "Services"],
        ["Adding"] = ["Http", "Fetching", "Services"],
        ["Exporting"] = ["Json", "Http", "Fetching", "Services"],
        ["Box"] = ["Json", "Keeping", "Http", "Fetching", "Services", "Saving", "Adding", "Exporting"],
        ["ImageKit"] = ["Json", "Keeping", "Http", "Fetching", "Services", "Saving", "Adding", "Exporting"],
    };

    [Fact]
    public void The_layer_table_has_no_cycle()
    {
        // Each layer uses only layers above it in the table, so there can be no cycle.
        string[] order = [.. s_allowed.Keys];
        foreach ((string layer, string[] used) in s_allowed)
        {
            Assert.All(used, below => Assert.True(Array.IndexOf(order, below) < Array.IndexOf(order, layer), $"{layer} -> {below}"));
        }
    }

    [Fact]
    public void Client_dependencies_match_the_layer_table()
    {
        using AssemblyDefinition client = CompiledAssembly.Read("FileVersions.Client");
        Dictionary<string, string> violations = new(StringComparer.Ordinal);
        foreach ((string from, string to, string example) in CompiledAssembly.NamespaceDependencies(client))
        {
            (string user, string used) = (LayerOf(from), LayerOf(to));
            if (user != used && to.StartsWith("FileVersions", StringComparison.Ordinal) && used.Length > 0 && !s_allowed.GetValueOrDefault(user, []).Contains(used))
            {
                violations[$"{(user.Length == 0 ? "(root)" : user)} -> {used}"] = example;
            }
        }

        Assert.Equal([], violations.Select(violation => $"{violation.Key}: {violation.Value}"));
    }

    [Fact]
    public void Every_client_folder_is_in_the_layer_table()
    {
        IEnumerable<string> folders = Directory.GetDirectories(Path.Combine(CompiledAssembly.Root, "src", "FileVersions.Client"))
            .Select(folder => Path.GetFileName(folder)!)
            .Where(folder => folder is not ("bin" or "obj"));

        Assert.Equal([], folders.Except(s_allowed.Keys));
    }

    [Theory]
    [InlineData("FileVersions.Client", "FileVersions")]
    [InlineData("FileVersions.PS", "FileVersions.PS")]
    public void Namespaces_match_folders(string project, string rootNamespace)
    {
        string root = Path.Combine(CompiledAssembly.Root, "src", project);
        var wrong = new List<string>();
        foreach (string file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            string[] folders = Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)[..^1];
            Match declared = NamespaceDeclaration().Match(File.ReadAllText(file));
            if (folders.FirstOrDefault() is not ("bin" or "obj") && declared.Success
                && declared.Groups[1].Value != string.Join('.', [rootNamespace, .. folders])
                && declared.Groups[1].Value != "System.Runtime.CompilerServices")
            {
                wrong.Add($"{Path.GetRelativePath(root, file)}: {declared.Groups[1].Value}");
            }
        }

        Assert.Empty(wrong);
    }

    // FileVersions.Http.Pipeline is part of the layer Http, and FileVersions of the root.
    private static string LayerOf(string name) => name.Split('.') is [_, var layer, ..] ? layer : string.Empty;

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();
}
