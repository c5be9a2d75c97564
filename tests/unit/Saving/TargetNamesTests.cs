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

        Assert.Equal(names.Claim(Version("1", "2")), names.Claim(Version("1", "2")));
    }

    [Fact]
    public void Names_that_differ_in_case_alone_are_told_apart()
    {
        var names = new TargetNames(SaveDestination.FromPath(s_folder));

        string one = names.Claim(Version("1", "2", "Report.pdf"));
        string other = names.Claim(Version("9", "2", "REPORT.PDF"));

        Assert.NotEqual(one.ToUpperInvariant(), other.ToUpperInvariant());
    }

    [Fact]
    public void A_file_name_is_for_one_version()
    {
        var names = new TargetNames(SaveDestination.FromPath(s_folder + ".pdf"));

        Assert.Equal(s_folder + ".pdf", names.Claim(Version("1", "2")));
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

    private static VersionToSave Version(string fileId, string versionId, string name = "a.txt") => new(fileId, versionId) { Name = name };
}
