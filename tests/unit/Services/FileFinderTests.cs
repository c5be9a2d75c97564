using FileVersions.Box;
using FileVersions.Box.Finding;
using FileVersions.Emulator;
using FileVersions.Fetching;
using FileVersions.Services;
using FileVersions.UnitTests.Http;

namespace FileVersions.UnitTests.Services;

public sealed class FileFinderTests
{
    [Fact]
    public async Task Unlimited_depth_includes_the_files_of_all_subfolders()
    {
        await using EmulatorRun emulator = await EmulatorRun.StartAsync(new EmulatorSettings());
        await emulator.LoadAsync(new { name = "company" });
        var finder = new BoxFileFinder(emulator.Box());

        List<BoxFile> own = await finder.ListFilesAsync("27182").ToListAsync();
        List<BoxFile> all = await finder.ListFilesAsync("27182", new FindOptions<BoxFile> { MaxDepth = null }).ToListAsync();

        Assert.Equal(["Company handbook.pdf", "Org chart.pptx"], own.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal(345, all.Select(file => file.FileId).Distinct().Count());
        Assert.Equal(151, all.Count(file => file.HasPastVersions == true));
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_reported_to_OnError()
    {
        await using EmulatorRun emulator = await EmulatorRun.StartAsync(new EmulatorSettings());
        var errors = new List<FileVersionException>();

        List<BoxFile> files = await new BoxFileFinder(emulator.Box()).ListFilesAsync("404404", fetch: new FetchOptions { OnError = errors.Add }).ToListAsync();

        Assert.Empty(files);
        Assert.Equal(FileVersionErrorKind.FileVersionNotFound, Assert.Single(errors).Kind);
    }
}
