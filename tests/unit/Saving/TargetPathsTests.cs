using FileVersions.Saving;
using FileVersions.Services;

namespace FileVersions.UnitTests.Saving;

public class TargetPathsTests
{
    private static readonly string s_folder = Path.Combine(Path.GetTempPath(), "not-there");

    [Fact]
    public void The_same_version_always_gets_the_same_path()
    {
        var paths = new TargetPaths(SaveDestination.ToFolder(s_folder));

        Assert.Equal(Claim(paths, "1", "2", "a.txt"), Claim(paths, "1", "2", "a.txt"));
    }

    [Fact]
    public void Names_that_differ_only_in_case_are_distinguished()
    {
        var paths = new TargetPaths(SaveDestination.ToFolder(s_folder));

        string one = Claim(paths, "1", "v2", "Report.pdf");
        string other = Claim(paths, "9", "V2", "REPORT.PDF");

        Assert.NotEqual(one.ToUpperInvariant(), other.ToUpperInvariant());
    }

    [Fact]
    public void Names_depend_only_on_the_input_order()
    {
        var paths = new TargetPaths(SaveDestination.ToFolder(s_folder));

        Func<VersionToSave, string> first = paths.Claim(new VersionToSave("fa", "dead02"));
        Func<VersionToSave, string> second = paths.Claim(new VersionToSave("fb", "dead02"));

        Assert.Equal(Path.Combine(s_folder, "x (file fb, version dead02).txt"), second(Version("fb", "dead02", "x.txt")));
        Assert.Equal(Path.Combine(s_folder, "x (version dead02).txt"), first(Version("fa", "dead02", "x.txt")));
    }

    [Fact]
    public void A_name_cannot_collide_with_that_of_another_version()
    {
        var paths = new TargetPaths(SaveDestination.ToFolder(s_folder));

        Assert.NotEqual(Claim(paths, "1", "5) (version 6", "x.txt"), Claim(paths, "2", "6", "x (version 5).txt"));
    }

    [Fact]
    public void A_single_file_target_accepts_one_version()
    {
        var paths = new TargetPaths(SaveDestination.ToFile(s_folder + ".pdf"));

        Assert.Equal(s_folder + ".pdf", Claim(paths, "1", "2", "a.txt"));
        Assert.Equal(s_folder + ".pdf", Claim(paths, "1", "2", "a.txt"));
        Fails(() => Claim(paths, "1", "3", "a.txt"));
    }

    [Fact]
    public void A_folder_can_have_any_name()
    {
        var paths = new TargetPaths(SaveDestination.ToFolder(s_folder + ".2026.11.21"));

        Assert.Equal(Path.Combine(s_folder + ".2026.11.21", "a (version 2).txt"), Claim(paths, "1", "2", "a.txt"));
    }

    [Fact]
    public void A_single_file_needs_a_name() =>
        Fails(() => SaveDestination.ToFile(s_folder + Path.DirectorySeparatorChar));

    [Fact]
    public void A_single_file_cannot_have_the_name_of_a_temporary_file() =>
        Fails(() => SaveDestination.ToFile(Path.Combine(s_folder, ".fileversions-0123456789abcdef0123456789abcdef.partial")));

    [Fact]
    public void In_a_tree_a_version_is_saved_in_its_folder_under_its_own_name()
    {
        var paths = new TargetPaths(SaveDestination.ToTree(s_folder));

        Assert.Equal(Path.Combine(s_folder, "Reports", "q3 draft.pdf"), Claim(paths, "1", "2", "q3 draft.pdf", "/Reports/q3.pdf"));
    }

    [Fact]
    public void In_a_tree_a_path_learned_later_is_used()
    {
        var paths = new TargetPaths(SaveDestination.ToTree(s_folder));

        Func<VersionToSave, string> claim = paths.Claim(new VersionToSave("1", "2"));

        Assert.Equal(Path.Combine(s_folder, "Reports", "q3.pdf"), claim(Version("1", "2", "q3.pdf", "/Reports/q3.pdf")));
    }

    [Fact]
    public void In_a_tree_a_second_version_for_the_same_path_is_an_error()
    {
        var paths = new TargetPaths(SaveDestination.ToTree(s_folder));
        Claim(paths, "1", "2", "q3.pdf", "/Reports/q3.pdf");

        Assert.Equal(Path.Combine(s_folder, "Reports", "q3.pdf"), Claim(paths, "1", "2", "q3.pdf", "/Reports/q3.pdf"));
        Fails(() => Claim(paths, "1", "3", "q3.pdf", "/Reports/q3.pdf"));
        Fails(() => Claim(paths, "8", "9", "Q3.pdf", "/reports/Q3.pdf"));
    }

    [Fact]
    public void In_a_tree_a_second_version_is_detected_after_many_files()
    {
        var paths = new TargetPaths(SaveDestination.ToTree(s_folder));
        for (int i = 0; i < 20_000; i++)
        {
            Claim(paths, $"{i}", $"v{i}", "a.txt", $"/{i}/a.txt");
        }

        Fails(() => Claim(paths, "0", "other", "a.txt", "/0/a.txt"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/../a.txt")]
    [InlineData("/x/../../a.txt")]
    [InlineData("/x/./a.txt")]
    [InlineData("/x/..")]
    [InlineData("//server/share/a.txt")]
    [InlineData("/x/")]
    public void In_a_tree_a_missing_or_invalid_path_is_an_error(string? filePath) =>
        Fails(() => Claim(new TargetPaths(SaveDestination.ToTree(s_folder)), "1", "2", "a.txt", filePath));

    private static VersionToSave Version(string fileId, string versionId, string name, string? filePath = null) =>
        new(fileId, versionId) { Name = name, FilePath = filePath };

    private static string Claim(TargetPaths paths, string fileId, string versionId, string name, string? filePath = null)
    {
        VersionToSave version = Version(fileId, versionId, name, filePath);
        return paths.Claim(version)(version);
    }

    private static void Fails(Func<object> claim) =>
        Assert.Equal(FileVersionErrorKind.InvalidRequest, Assert.Throws<FileVersionException>(claim).Kind);
}
