using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using FileVersions.Saving;
using FileVersions.Services;
using FileVersions.UnitTests.Http;

namespace FileVersions.UnitTests.Saving;

public class VersionSaverTests
{
    private const string Content = "abcdefghij";
    private const string Sha1 = "D68C19A0A345B7EAB78D5E11E991C026EC60DB63";

    private static readonly DateTimeOffset s_date = new(2026, 11, 17, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_tree_is_created_with_the_exact_names_and_the_dates_of_the_versions()
    {
        await using var server = new ContentServer(ContentServer.Whole(Content));

        FileInfo file = await Save(server, SaveDestination.ToTree(server.Folder), Version());

        Assert.Equal(Path.Combine(server.Folder, "Reports", "2026", "q3 draft.txt"), file.FullName);
        Assert.Equal(Content, await File.ReadAllTextAsync(file.FullName));
        Assert.Equal(s_date.UtcDateTime, file.LastWriteTimeUtc);
        Assert.Single(Directory.GetFiles(server.Folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_single_file_gets_the_requested_name()
    {
        await using var server = new ContentServer(ContentServer.Whole(Content));
        string path = Path.Combine(server.Folder, "new", "plan");

        FileInfo file = await Save(server, SaveDestination.ToFile(path), Version());

        Assert.Equal(path, file.FullName);
        Assert.Equal(Content, await File.ReadAllTextAsync(path));
    }

    [Theory]
    [InlineData(Sha1)]
    [InlineData(null)]
    public async Task A_file_with_matching_size_and_date_is_neither_downloaded_nor_hashed(string? sha1)
    {
        await using var server = new ContentServer();
        string path = Existing(server, "0123456789", s_date);

        await Save(server, SaveDestination.ToFile(path), Version(sha1));

        Assert.Equal("0123456789", await File.ReadAllTextAsync(path));
        Assert.Empty(server.Ranges);
    }

    [Fact]
    public async Task A_file_with_a_different_date_but_the_same_hash_is_not_downloaded()
    {
        await using var server = new ContentServer();
        string path = Existing(server, Content, s_date.AddDays(1));

        await Save(server, SaveDestination.ToFile(path), Version(Sha1));

        Assert.Empty(server.Ranges);
    }

    [Theory]
    [InlineData("0123456789", 1, Sha1)]
    [InlineData("0123456789", 1, null)]
    [InlineData("012345678", 0, Sha1)]
    public async Task A_file_with_different_content_is_kept_and_reported(string existing, int days, string? sha1)
    {
        await using var server = new ContentServer();
        string path = Existing(server, existing, s_date.AddDays(days));

        FileVersionException failure = await Assert.ThrowsAsync<FileVersionException>(
            () => Save(server, SaveDestination.ToFile(path), Version(sha1)));

        Assert.Equal(FileVersionErrorKind.TargetExists, failure.Kind);
        Assert.Equal(("1", "2"), (failure.FileId, failure.VersionId));
        Assert.Equal(existing, await File.ReadAllTextAsync(path));
        Assert.Empty(server.Ranges);
    }

    [Theory]
    [InlineData(Sha1)]
    [InlineData(null)]
    public async Task Replacing_ignores_size_and_date(string? sha1)
    {
        await using var server = new ContentServer(ContentServer.Whole(Content));
        string path = Existing(server, "0123456789", s_date);

        await Save(server, SaveDestination.ToFile(path), Version(sha1), replace: true);

        Assert.Equal(Content, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task An_unreadable_existing_file_is_reported()
    {
        await using var server = new ContentServer();
        string path = Existing(server, Content, s_date.AddDays(1));
        using FileStream locked = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        FileVersionException failure = await Assert.ThrowsAsync<FileVersionException>(
            () => Save(server, SaveDestination.ToFile(path), Version(Sha1)));

        Assert.Equal(FileVersionErrorKind.FileNotReadable, failure.Kind);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_created_is_reported_as_not_writable()
    {
        await using var server = new ContentServer();
        string file = Existing(server, Content, s_date);

        FileVersionException failure = await Assert.ThrowsAsync<FileVersionException>(
            () => Save(server, SaveDestination.ToFolder(Path.Combine(file, "below")), Version()));

        Assert.Equal(FileVersionErrorKind.FileNotWritable, failure.Kind);
    }

    [Fact]
    public async Task A_version_passed_twice_is_downloaded_once()
    {
        await using var server = new ContentServer(ContentServer.Whole(Content));
        var saver = new VersionSaver(SaveDestination.ToTree(server.Folder), replace: false);
        var service = new StubContentService(server.Address);
        var one = saver.Prepare(service, Version(Sha1));
        var other = saver.Prepare(service, Version(Sha1));

        FileInfo[] files = await Task.WhenAll(one(null, CancellationToken.None), other(null, CancellationToken.None));

        Assert.Equal(files[0].FullName, files[1].FullName);
        Assert.Single(server.Ranges);
        Assert.Equal(2, saver.Progress.Finished);
    }

    [Fact]
    public async Task The_leftovers_in_a_folder_are_removed_before_its_first_download()
    {
        string folder = Directory.CreateTempSubdirectory("fileversions-").FullName;
        for (int i = 0; i < 1000; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $".fileversions-{Guid.NewGuid():N}.partial"), "abc");
        }

        string[] leftovers = Directory.GetFiles(folder);
        var remaining = new ConcurrentBag<int>();
        await using var server = new RawServer(_ =>
        {
            remaining.Add(leftovers.Count(File.Exists));
            return Encoding.ASCII.GetBytes(ContentServer.Whole(Content));
        });
        var saver = new VersionSaver(SaveDestination.ToFolder(folder), replace: false);
        var service = new StubContentService(server.Address);

        await Task.WhenAll(Enumerable.Range(1, 8).Select(i =>
        {
            var save = saver.Prepare(service, Version() with { VersionId = i.ToString(CultureInfo.InvariantCulture) });
            return Task.Run(() => save(null, CancellationToken.None));
        }));

        Assert.Equal(new int[8], remaining);
        Assert.Equal(8, Directory.GetFiles(folder).Length);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Cancellation_leaves_no_temporary_file()
    {
        // The response stalls after four bytes.
        var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        await using var server = new ContentServer();
        var saver = new VersionSaver(SaveDestination.ToFolder(server.Folder), replace: false);
        var service = new StubContentService(new Uri($"http://{silent.LocalEndpoint}"));
        using var stop = new CancellationTokenSource();
        Task<FileInfo> saving = saver.Prepare(service, Version())(null, stop.Token);
        using System.Net.Sockets.Socket connection = await silent.AcceptSocketAsync();
        connection.Send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabcd"u8.ToArray());
        silent.Stop();
        Assert.False(saver.WaitUntilIdle(TimeSpan.Zero));

        await stop.CancelAsync();

        Assert.True(saver.WaitUntilIdle(TimeSpan.FromSeconds(30)));
        Assert.Empty(Directory.GetFiles(server.Folder));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
    }

    private static VersionToSave Version(string? sha1 = null) =>
        new("1", "2") { Name = "q3 draft.txt", FilePath = "/Reports/2026/q3.txt", Size = 10, Sha1 = sha1, Date = s_date };

    private static string Existing(ContentServer server, string content, DateTimeOffset date)
    {
        string path = Path.Combine(server.Folder, "existing");
        File.WriteAllText(path, content);
        File.SetLastWriteTimeUtc(path, date.UtcDateTime);
        return path;
    }

    private static Task<FileInfo> Save(ContentServer server, SaveDestination destination, VersionToSave version, bool replace = false) =>
        new VersionSaver(destination, replace).Prepare(new StubContentService(server.Address), version)(null, CancellationToken.None);
}
