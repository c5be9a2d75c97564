using System;
using System.Linq;
using System.Text;
using FileVersions.Saving;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

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
    public void It_is_what_the_user_expects(string? name, string versionId, string expected) =>
        Assert.Equal(expected, SafeFileName.ForVersion(name, versionId));

    [Fact]
    public void The_files_id_tells_versions_of_the_same_id_apart() =>
        Assert.Equal("report (file 678, version 12345).pdf", SafeFileName.ForVersion("report.pdf", "12345", "678"));

    [Fact]
    public void Long_ids_that_differ_at_their_end_stay_apart()
    {
        string one = SafeFileName.ForVersion("a.txt", new string('i', 300) + "1");
        string other = SafeFileName.ForVersion("a.txt", new string('i', 300) + "2");

        Assert.NotEqual(one, other);
        Assert.True(Encoding.UTF8.GetByteCount(one) <= SafeFileName.LongestName);
    }

    [Fact]
    public void Whatever_comes_a_name_comes_out_that_every_file_system_takes()
    {
        Gen<string> text = Gen.Elements(s_parts).ListOf().Select(parts => string.Concat(parts));
        Arbitrary<Tuple<string, string>> both = Arb.From(text.Zip(text).Select(pair => Tuple.Create(pair.Item1, pair.Item2)));
        Prop.ForAll(both, pair =>
        {
            string name = SafeFileName.ForVersion(pair.Item1, pair.Item2, pair.Item2);
            Assert.True(Encoding.UTF8.GetByteCount(name) <= SafeFileName.LongestName);
            Assert.Equal(-1, name.IndexOfAny(['<', '>', ':', '"', '/', '\\', '|', '?', '*']));
            Assert.DoesNotContain(name, char.IsControl);
            Assert.Equal(name, name.TrimEnd('.', ' '));
            Assert.NotEmpty(name);
            Assert.DoesNotContain(name.Split('.')[0].TrimEnd(), s_devices, StringComparer.OrdinalIgnoreCase);

            // No half of a character is left: it would come back as another one.
            Assert.Equal(name, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)));
        }).QuickCheckThrowOnFailure();
    }
}
