using System.Text;
using System.Text.Json;
using FileVersions.Box;
using FileVersions.Exporting;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Exporting;

public sealed class ExportFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("export").FullName;
    private readonly FakeClock _clock = new();

    private string FilePath => Path.Combine(_folder, "versions.jsonl");

    private string JournalPath => FilePath + ".journal";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_second_run_exports_only_new_versions()
    {
        Export(["1", "2"]);

        ExportSummary summary = Export(["1", "2", "3"]);

        Assert.Equal(["1a", "1b", "2a", "2b", "3a", "3b"], File.ReadAllLines(FilePath));
        Assert.Equal((3, 2, 0, 2), (summary.Files, summary.FilesDoneBefore, summary.FilesFailed, summary.Versions));
        Assert.Equal(FilePath, summary.Path);
    }

    [Fact]
    public void A_file_passed_twice_is_exported_once()
    {
        ExportSummary summary = Export(["1", "2", "1"]);

        Assert.Equal(["1a", "1b", "2a", "2b"], File.ReadAllLines(FilePath));
        Assert.Equal((2, 4), (summary.Files, summary.Versions));
    }

    [Fact]
    public void A_failed_file_writes_no_versions_and_is_retried_by_the_next_run()
    {
        ExportSummary first = Export(["1", "2", "3"], failing: "2");
        string[] afterFirst = File.ReadAllLines(FilePath);
        JsonElement recorded = JsonDocument.Parse(File.ReadAllLines(JournalPath)[1]).RootElement.GetProperty("failed")[0];

        ExportSummary second = Export(["1", "2", "3"]);

        Assert.Equal(["1a", "1b", "3a", "3b"], afterFirst);
        Assert.Equal((1, 4), (first.FilesFailed, first.Versions));
        Assert.Equal(
            ("2", "ServiceUnavailable", "down"),
            (recorded.GetProperty("fileId").GetString(), recorded.GetProperty("errorId").GetString(), recorded.GetProperty("message").GetString()));
        Assert.Equal(["1a", "1b", "3a", "3b", "2a", "2b"], File.ReadAllLines(FilePath));
        Assert.Equal((2, 0, 2), (second.FilesDoneBefore, second.FilesFailed, second.Versions));
    }

    [Fact]
    public void A_truncated_list_is_kept_and_not_retried()
    {
        using (ExportFile file = Open())
        {
            file.TryAdd("1");
            file.Write(Versions("1", "1a\n"));
            file.Write(ExportPart.OfError("1", new FileVersionException(FileVersionErrorKind.ResultTruncated, "too many")));
            file.Commit();

            Assert.Equal((0, 1), (file.GetSummary().FilesFailed, file.GetSummary().Versions));
        }

        Assert.Equal(["1a"], File.ReadAllLines(FilePath));
        Assert.Contains("\"errorId\":\"ResultTruncated\"", File.ReadAllText(JournalPath), StringComparison.Ordinal);
        Assert.Equal(1, Export(["1"]).FilesDoneBefore);
    }

    [Fact]
    public void Uncommitted_files_are_exported_again()
    {
        using (ExportFile file = Open())
        {
            WriteFile(file, "1");
            file.Commit();
            WriteFile(file, "2");
            file.Write(Versions("3", "3a\n"));
        }

        Assert.Equal(["1a", "1b", "2a", "2b", "3a"], File.ReadAllLines(FilePath));
        ExportSummary summary = Export(["1", "2", "3"]);

        Assert.Equal(["1a", "1b", "2a", "2b", "3a", "3b"], File.ReadAllLines(FilePath));
        Assert.Equal(1, summary.FilesDoneBefore);
    }

    [Fact]
    public void A_commit_is_due_when_the_batch_is_one_second_old()
    {
        using ExportFile file = Open();
        Assert.False(file.IsCommitDue);
        _clock.Advance(TimeSpan.FromSeconds(5));
        WriteFile(file, "1");
        Assert.False(file.IsCommitDue);
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(file.IsCommitDue);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(file.IsCommitDue);
        file.Commit();
        Assert.False(file.IsCommitDue);
        Assert.Equal(TimeSpan.FromSeconds(6), file.GetSummary().Elapsed);
    }

    [Fact]
    public void An_export_resumes_after_a_crash_at_any_byte_of_either_file()
    {
        string[] ids = [.. Enumerable.Range(1, 20).Select(i => $"{i}")];
        using (ExportFile file = Open("csv"))
        {
            foreach (string id in ids)
            {
                WriteFile(file, id);
                file.Commit();
            }
        }

        string csv = Path.ChangeExtension(FilePath, ".csv");
        byte[] output = File.ReadAllBytes(csv);
        byte[] journal = File.ReadAllBytes(csv + ".journal");
        var random = new Random(4711);
        for (int cut = 0; cut <= journal.Length; cut += random.Next(1, 40))
        {
            // The file is at least as long as the last complete line of the journal states.
            string[] complete = Encoding.UTF8.GetString(journal, 0, Array.LastIndexOf(journal, (byte)'\n', Math.Max(0, cut - 1)) + 1).Split('\n');
            int length = complete.Length < 3 ? 0 : JsonDocument.Parse(complete[^2]).RootElement.GetProperty("length").GetInt32();
            bool hasSettings = complete.Length > 1;
            File.WriteAllBytes(csv + ".journal", journal[..cut]);
            File.WriteAllBytes(csv, output[..(hasSettings ? random.Next(length, output.Length + 1) : 0)]);

            using (ExportFile file = Open("csv"))
            {
                foreach (string id in ids.Where(file.TryAdd))
                {
                    WriteFile(file, id, add: false);
                }

                file.Commit();
            }

            Assert.Equal(output, File.ReadAllBytes(csv));
        }
    }

    [Fact]
    public void A_file_that_is_not_an_export_is_rejected_and_unchanged()
    {
        File.WriteAllText(FilePath, "mine");

        FileVersionException error = Assert.Throws<FileVersionException>(() => Open());

        Assert.Equal(FileVersionErrorKind.TargetExists, error.Kind);
        Assert.Equal(
            $"The versions cannot be exported to '{FilePath}': the file was not written by an export. Choose another path, or delete the file and its journal.",
            error.Message);
        Assert.Equal("mine", File.ReadAllText(FilePath));
        Assert.False(File.Exists(JournalPath));
    }

    [Fact]
    public void An_export_with_different_settings_is_rejected_and_unchanged()
    {
        Export(["1"]);
        byte[] before = File.ReadAllBytes(FilePath);

        FileVersionException error = Assert.Throws<FileVersionException>(
            () => new ExportFile(FilePath, new ExportSettings("Box", ExportFormat.JsonLines, BoxColumns.Version, includeCurrent: true), _clock));

        Assert.Equal(FileVersionErrorKind.TargetExists, error.Kind);
        Assert.Contains("other settings", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(FilePath));
    }

    [Theory]
    [InlineData("1a\n", "the file was changed")]
    [InlineData("1a\n1X\n2a\n2b\n", "the file was changed")]
    [InlineData("", "the file was changed")]
    public void A_modified_export_is_rejected_and_unchanged(string content, string reason)
    {
        Export(["1", "2"]);
        File.WriteAllText(FilePath, content);

        FileVersionException error = Assert.Throws<FileVersionException>(() => Open());

        Assert.Equal(FileVersionErrorKind.TargetExists, error.Kind);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(FilePath));
    }

    [Theory]
    [InlineData("not a journal")]
    [InlineData("{\"length\":\"x\",\"tail\":\"\",\"done\":[]}")]
    [InlineData("{\"length\":0,\"tail\":\"\",\"done\":[]}")]
    [InlineData("{}")]
    public void A_journal_with_an_unknown_line_is_rejected(string line)
    {
        Export(["1"]);
        File.AppendAllText(JournalPath, line + "\n");

        FileVersionException error = Assert.Throws<FileVersionException>(() => Open());

        Assert.Equal(FileVersionErrorKind.TargetExists, error.Kind);
        Assert.Contains("journal", error.Message, StringComparison.Ordinal);
        Assert.Equal(["1a", "1b"], File.ReadAllLines(FilePath));
    }

    [Theory]
    [InlineData("mine")]
    [InlineData("my first line\nmine")]
    public void A_foreign_journal_is_rejected_and_unchanged(string content)
    {
        File.WriteAllText(JournalPath, content);

        FileVersionException error = Assert.Throws<FileVersionException>(() => Open());

        Assert.Equal(FileVersionErrorKind.TargetExists, error.Kind);
        Assert.Equal(content, File.ReadAllText(JournalPath));
    }

    [Fact]
    public void A_concurrent_run_is_rejected()
    {
        using ExportFile first = Open();

        FileVersionException error = Assert.Throws<FileVersionException>(() => Open());

        Assert.Equal(FileVersionErrorKind.FileNotWritable, error.Kind);
    }

    [Theory]
    [InlineData("a.jsonl", ExportFormat.JsonLines)]
    [InlineData("a.ndjson", ExportFormat.JsonLines)]
    [InlineData("a.CSV", ExportFormat.Csv)]
    public void The_extension_determines_the_format(string path, ExportFormat expected) => Assert.Equal(expected, ExportSettings.FormatOf(path));

    [Theory]
    [InlineData("a.json")]
    [InlineData("a.xlsx")]
    [InlineData("a")]
    public void Other_extensions_are_rejected(string path) =>
        Assert.Equal(FileVersionErrorKind.InvalidRequest, Assert.Throws<FileVersionException>(() => ExportSettings.FormatOf(path)).Kind);

    private static ExportPart Versions(string fileId, string lines) =>
        new() { FileId = fileId, Content = Encoding.UTF8.GetBytes(lines), Versions = lines.Count(c => c == '\n') };

    private static void WriteFile(ExportFile file, string id, bool add = true)
    {
        if (add)
        {
            Assert.True(file.TryAdd(id));
        }

        file.Write(Versions(id, $"{id}a\n"));
        file.Write(Versions(id, $"{id}b\n"));
        file.Write(new ExportPart { FileId = id, IsLast = true });
    }

    private ExportFile Open(string extension = "jsonl")
    {
        string path = Path.ChangeExtension(FilePath, extension);
        return new(path, new ExportSettings("Box", ExportSettings.FormatOf(path), BoxColumns.Version, includeCurrent: false), _clock);
    }

    private ExportSummary Export(IEnumerable<string> ids, string? failing = null)
    {
        using ExportFile file = Open();
        foreach (string id in ids)
        {
            if (!file.TryAdd(id))
            {
                continue;
            }

            if (id == failing)
            {
                file.Write(Versions(id, "half\n"));
                file.Write(ExportPart.OfError(id, new FileVersionException(FileVersionErrorKind.ServiceUnavailable, "down")));
            }
            else
            {
                WriteFile(file, id, add: false);
            }
        }

        file.Commit();
        return file.GetSummary();
    }
}
