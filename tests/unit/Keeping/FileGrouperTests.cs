using FileVersions.Keeping;
using static FileVersions.UnitTests.Keeping.History;

namespace FileVersions.UnitTests.Keeping;

public sealed class FileGrouperTests
{
    private readonly List<string> _log = [];
    private readonly FileGrouper _grouper;
    private int _added;

    public FileGrouperTests() => _grouper = new FileGrouper(
        versions => _log.Add($"{versions[0].FileId}: {string.Join(' ', versions.Select(version => version.VersionId))}"),
        error => _log.Add($"{error.Kind} {error.FileId}"));

    [Fact]
    public void A_file_is_complete_when_the_next_one_begins()
    {
        Add("a", "a");
        Assert.Empty(_log);

        Add("b");
        Assert.Equal(["a: 1 2"], _log);

        _grouper.Complete();
        Assert.Equal(["a: 1 2", "b: 3"], _log);
    }

    [Fact]
    public void A_file_that_reappears_reports_one_error_and_its_later_versions_are_ignored()
    {
        Add("a", "b", "a", "a", "c", "a", "c", "d");
        _grouper.Complete();

        Assert.Equal(["a: 1", "b: 2", "FileNotTogether a", "c: 5", "FileNotTogether c", "d: 8"], _log);
    }

    [Fact]
    public void Ids_are_compared_exactly()
    {
        Add("a", "A", "a ", "á");
        _grouper.Complete();

        Assert.Equal(["a: 1", "A: 2", "a : 3", "á: 4"], _log);
    }

    [Fact]
    public void The_error_names_the_file_and_a_remedy()
    {
        string? message = null;
        var grouper = new FileGrouper(_ => { }, error => message = error.Message);
        Array.ForEach(["12345", "678", "12345"], id => grouper.Add(Past("1", null, fileId: id)));

        Assert.Equal(
            "File 12345 appears again after other files in the input, so its later versions are ignored. Sort the input by file, so that the versions of each file are together.",
            message);
    }

    [Fact]
    public void Empty_input_has_no_files()
    {
        _grouper.Complete();

        Assert.Empty(_log);
    }

    [Fact]
    public void A_million_files_are_distinguished()
    {
        int files = 0;
        var grouper = new FileGrouper(_ => files++, error => throw error);
        for (int id = 0; id < 1_000_000; id++)
        {
            grouper.Add(new VersionEntry($"{1_500_000_000_000 + id}", "1"));
        }

        grouper.Complete();

        Assert.Equal(1_000_000, files);
    }

    private void Add(params string[] fileIds) => Array.ForEach(fileIds, id => _grouper.Add(Past($"{++_added}", null, fileId: id)));
}
