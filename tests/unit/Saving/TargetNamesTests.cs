using System;
using System.IO;
using FileVersions.Saving;
using Xunit;

namespace FileVersions.UnitTests.Saving;

public class TargetNamesTests
{
    private static readonly string s_folder = Path.Combine(Path.GetTempPath(), "not-there");

    [Fact]
    public void The_same_version_gets_the_same_path_again()
    {
        var names = new TargetNames(SaveDestination.FromPath(s_folder));

        Assert.Equal(names.Claim(Version("1", "2"))("a.txt"), names.Claim(Version("1", "2"))("a.txt"));
    }

    [Fact]
    public void Names_that_differ_in_case_alone_are_told_apart()
    {
        var names = new TargetNames(SaveDestination.FromPath(s_folder));

        string one = names.Claim(Version("1", "v2"))("Report.pdf");
        string other = names.Claim(Version("9", "V2"))("REPORT.PDF");

        Assert.NotEqual(one.ToUpperInvariant(), other.ToUpperInvariant());
    }

    [Fact]
    public void Names_go_by_the_order_of_the_input_whatever_becomes_known_first()
    {
        var names = new TargetNames(SaveDestination.FromPath(s_folder));

        Func<string?, string> first = names.Claim(Version("fa", "dead02"));
        Func<string?, string> second = names.Claim(Version("fb", "dead02"));

        Assert.Equal(Path.Combine(s_folder, "x (file fb, version dead02).txt"), second("x.txt"));
        Assert.Equal(Path.Combine(s_folder, "x (version dead02).txt"), first("x.txt"));
    }

    [Fact]
    public void A_name_cannot_make_one_version_look_like_another()
    {
        var names = new TargetNames(SaveDestination.FromPath(s_folder));

        string one = names.Claim(Version("1", "5) (version 6"))("x.txt");
        string other = names.Claim(Version("2", "6"))("x (version 5).txt");

        Assert.NotEqual(one, other);
    }

    [Fact]
    public void A_file_name_is_for_one_version()
    {
        var names = new TargetNames(SaveDestination.FromPath(s_folder + ".pdf"));

        Assert.Equal(s_folder + ".pdf", names.Claim(Version("1", "2"))("a.txt"));
        FileVersionException failure = Assert.Throws<FileVersionException>(() => names.Claim(Version("1", "3")));
        Assert.Equal(FileVersionErrorKind.InvalidRequest, failure.Kind);
    }

    [Theory]
    [InlineData("plain", true)]
    [InlineData("with.extension", false)]
    [InlineData(".hidden", true)]
    [InlineData("with.extension/", true)]
    public void A_path_tells_whether_it_is_a_folder(string name, bool isFolder) =>
        Assert.Equal(isFolder, SaveDestination.FromPath(Path.Combine(s_folder, name)).FileName is null);

    private static VersionToSave Version(string fileId, string versionId) => new(fileId, versionId);
}
