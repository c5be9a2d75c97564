using System.Text;
using FileVersions.Saving;
using FsCheck;
using FsCheck.Fluent;

namespace FileVersions.UnitTests.Saving;

public class SafeFileNameTests
{
    private static readonly string[] s_devices =
        [.. new[] { "CON", "PRN", "AUX", "NUL" }.Concat(Enumerable.Range(0, 10).SelectMany(i => new[] { $"COM{i}", $"LPT{i}" }))];

    private static readonly string[] s_parts =
        ["..", "/", "\\", "CON", "nul", "com1", ".", " ", ":", "?", "*", "<", "|", "\"", "\0", "\n", "a", "é", "語", "\uD83D\uDE00", "\uD83D", "\uDE00", "\u202E", ".txt", new string('x', 200)];

    [Theory]
    [InlineData("report.pdf", "12345", "report (version 12345).pdf")]
    [InlineData("backup.tar.gz", "1", "backup.tar (version 1).gz")]
    [InlineData("no extension", "1", "no extension (version 1)")]
    [InlineData("Report v1. final draft", "1", "Report v1. final draft (version 1)")]
    [InlineData(null, "1", "file (version 1)")]
    [InlineData("", "1", "file (version 1)")]
    [InlineData("...pdf", "1", "file (version 1).pdf")]
    [InlineData("folder/", "1", "folder (version 1)")]
    [InlineData("a.txt", "../../7", "a (version ______7).txt")]
    [InlineData("LPT9.x", "1", "LPT9 (version 1).x")]
    [InlineData("aux.b.c", "1", "_aux.b (version 1).c")]
    public void A_version_is_named_after_its_file_and_id(string? name, string versionId, string expected) =>
        Assert.Equal(expected, SafeFileName.ForVersion(name, versionId));

    [Fact]
    public void The_file_id_distinguishes_versions_with_the_same_id() =>
        Assert.Equal("report (file 678, version 12345).pdf", SafeFileName.ForVersion("report.pdf", "12345", "678"));

    [Fact]
    public void Long_ids_that_differ_only_at_the_end_get_different_names()
    {
        string one = SafeFileName.ForVersion("a.txt", new string('i', 300) + "1");
        string other = SafeFileName.ForVersion("a.txt", new string('i', 300) + "2");

        Assert.NotEqual(one, other);
        Assert.True(Encoding.UTF8.GetByteCount(one) <= SafeFileName.MaxNameBytes);
    }

    [Theory]
    [InlineData("/Reports/q3.pdf", "Reports|q3.pdf")]
    [InlineData("Reports/q3.pdf", "Reports|q3.pdf")]
    [InlineData("/q3.pdf", "q3.pdf")]
    [InlineData("/ a/blank .txt", " a|blank .txt")]
    [InlineData("/.gitignore", ".gitignore")]
    [InlineData("/C:/Windows/a.txt", "C_|Windows|a.txt")]
    [InlineData("/..\\..\\a.txt", ".._.._a.txt")]
    [InlineData("/con/nul.txt/aux.b.c", "_con|_nul.txt|_aux.b.c")]
    [InlineData("/dots and blanks. . /.. /...", "dots and blanks|_|_")]
    [InlineData("/a:b?/new\nline", "a_b_|new_line")]
    public void A_path_in_a_tree_changes_only_characters_that_a_file_system_rejects(string filePath, string expected) =>
        Assert.Equal(expected.Replace('|', Path.DirectorySeparatorChar), SafeFileName.ForTree(filePath));

    [Fact]
    public void A_name_in_a_tree_never_matches_a_temporary_file() =>
        Assert.Equal(
            "_.fileversions-0123456789abcdef0123456789abcdef.partial",
            SafeFileName.ForTree("/.fileversions-0123456789abcdef0123456789abcdef.partial"));

    [Fact]
    public void Long_names_in_a_tree_that_differ_only_at_the_end_stay_different()
    {
        string one = SafeFileName.ForTree($"/{new string('語', 200)}1.pdf")!;
        string other = SafeFileName.ForTree($"/{new string('語', 200)}2.pdf")!;

        Assert.NotEqual(one, other);
        Assert.EndsWith(".pdf", one, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(one), 252, SafeFileName.MaxNameBytes);
    }

    [Fact]
    public void Any_name_is_converted_to_one_that_every_file_system_accepts()
    {
        Prop.ForAll(Pairs(), pair => AssertValid(SafeFileName.ForVersion(pair.Item1, pair.Item2, pair.Item2))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_path_is_converted_to_one_inside_the_tree()
    {
        Prop.ForAll(Pairs(), pair =>
        {
            if (SafeFileName.ForTree($"/{pair.Item1}/{pair.Item2}") is { } path)
            {
                Assert.All(path.Split(Path.DirectorySeparatorChar), AssertValid);
            }
        }).QuickCheckThrowOnFailure();
    }

    private static Arbitrary<Tuple<string, string>> Pairs()
    {
        Gen<string> text = Gen.Elements(s_parts).ListOf().Select(parts => string.Concat(parts));
        return Arb.From(text.Zip(text).Select(pair => Tuple.Create(pair.Item1, pair.Item2)));
    }

    private static void AssertValid(string name)
    {
        Assert.True(Encoding.UTF8.GetByteCount(name) <= SafeFileName.MaxNameBytes);
        Assert.Equal(-1, name.IndexOfAny(['<', '>', ':', '"', '/', '\\', '|', '?', '*']));
        Assert.DoesNotContain(name, char.IsControl);
        Assert.Equal(name, name.TrimEnd('.', ' '));
        Assert.NotEmpty(name);
        Assert.DoesNotContain(name.Split('.')[0].TrimEnd(), s_devices, StringComparer.OrdinalIgnoreCase);

        // A lone surrogate would be lost in the conversion.
        Assert.Equal(name, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)));
    }
}
