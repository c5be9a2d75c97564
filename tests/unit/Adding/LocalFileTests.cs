using System.Runtime.Versioning;
using FileVersions.Adding;
using FileVersions.Box;
using FileVersions.Box.Uploads;
using FileVersions.Http;
using FileVersions.Services;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Adding;

public sealed class LocalFileTests : AddingTestBase
{
    private const string FileId = "900000001";
    private const string Locked = "The file is locked while it is read, so no program can change it.";

    [Fact]
    public Task A_missing_file_is_an_error() => FailsAsync(PathOf("missing.bin"), "does not exist");

    [Fact]
    public Task A_file_in_a_missing_folder_is_an_error() => FailsAsync(PathOf("missing/new.bin"), "does not exist");

    [Fact]
    public Task A_folder_is_an_error() => FailsAsync(Path.GetDirectoryName(PathOf("x"))!, "It is a folder");

    [Fact]
    public async Task A_locked_file_is_an_error()
    {
        string path = CreateFile(100);
        using var writer = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        await FailsAsync(path, "another program");
    }

    [UnprivilegedFact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_file_without_read_permission_is_an_error()
    {
        string path = CreateFile(100);
        File.SetUnixFileMode(path, UnixFileMode.None);

        await FailsAsync(path, "Check its permissions");
    }

    [PlatformFact(NotOnWindows = Locked, NotOnMono = Locked)]
    public async Task A_file_that_grows_while_it_is_read_is_an_error()
    {
        string path = CreateFile(100);
        using LocalFile file = LocalFile.Open(path);
        await AppendAsync(path);

        await FailsToReadAsync(file, 100);
    }

    [PlatformFact(NotOnWindows = Locked, NotOnMono = Locked)]
    public async Task A_file_that_shrinks_while_it_is_read_is_an_error()
    {
        string path = CreateFile(100);
        using LocalFile file = LocalFile.Open(path);
        await WriteAsync(path, stream => stream.SetLength(50));

        await FailsToReadAsync(file, 100);
    }

    [PlatformFact(NotOnWindows = Locked, NotOnMono = Locked)]
    public async Task A_file_that_is_overwritten_while_it_is_read_is_an_error()
    {
        string path = CreateFile(100);
        using LocalFile file = LocalFile.Open(path);
        await file.ReadExactlyAsync(new byte[50], 50, CancellationToken.None);
        await WriteAsync(path, stream => stream.WriteByte(1));
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(2));

        await FailsToReadAsync(file, 50);
    }

    [PlatformFact(NotOnWindows = Locked, NotOnMono = Locked)]
    public async Task A_large_file_that_changes_during_the_upload_creates_no_version()
    {
        string path = CreateFile(30_000_000);
        using var transport = new ChangingTransport(() => AppendAsync(path));
        using var client = new HttpClient(transport);
        var account = BoxConnection.FromAccessToken(new Secret(BoxToken), Emulator.ApiUri, options: new ConnectionOptions { TestClient = client });

        FileVersionException error = Assert.Single(
            (await AddToBoxAsync(new VersionToAdd(FileId, path), new BoxVersionUploader(account), throttleLimit: 1)).Errors);

        Assert.Equal(FileVersionErrorKind.FileNotReadable, error.Kind);
        Assert.Contains("changed while it was read", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Stat("uploads.boxVersions"));
        Assert.Equal(0, await Stat("uploads.sessionsOpen"));
    }

    [PlatformFact(NotOnWindows = Locked, NotOnMono = Locked)]
    public async Task A_stream_fails_before_the_last_bytes_of_a_file_that_has_changed()
    {
        string path = CreateFile(1000);
        using LocalFile file = LocalFile.Open(path);
        using var stream = new LocalFileStream(file);
        byte[] buffer = new byte[600];
        await stream.ReadExactlyAsync(buffer.AsMemory(0, 600));
        await AppendAsync(path);

        await Assert.ThrowsAsync<FileVersionException>(async () => await stream.ReadExactlyAsync(buffer.AsMemory(0, 400)));
    }

    [Fact]
    public async Task A_name_in_another_alphabet_is_read()
    {
        string path = CreateFile(10, "отчёт 报告 [1].bin");

        BoxFileVersion added = Assert.Single((await AddToBoxAsync(new VersionToAdd(FileId, path))).Items);

        Assert.Equal(Sha1Of(path), added.Sha1, ignoreCase: true);
    }

    private static async Task FailsToReadAsync(LocalFile file, int count)
    {
        FileVersionException error = await Assert.ThrowsAsync<FileVersionException>(() => file.ReadExactlyAsync(new byte[count], count, CancellationToken.None));

        Assert.Equal(FileVersionErrorKind.FileNotReadable, error.Kind);
        Assert.Contains("changed while it was read", error.Message, StringComparison.Ordinal);
    }

    private static Task AppendAsync(string path) => WriteAsync(path, stream =>
    {
        stream.Seek(0, SeekOrigin.End);
        stream.WriteByte(1);
    });

    // Write as a program that ignores locks.
    private static Task WriteAsync(string path, Action<FileStream> write)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        write(stream);
        return Task.CompletedTask;
    }

    private async Task FailsAsync(string path, string reason)
    {
        FileVersionException error = Assert.Single((await AddToBoxAsync(new VersionToAdd(FileId, path))).Errors);

        Assert.Equal(FileVersionErrorKind.FileNotReadable, error.Kind);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.StartsWith($"Could not add '{path}' to file '{FileId}'.", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Stat("box.requests"));
    }

    /// <summary>A transport that changes the file before it sends the first part.</summary>
    private sealed class ChangingTransport(Func<Task> change) : DelegatingHandler(new HttpClientHandler())
    {
        private int _parts;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Put && Interlocked.Increment(ref _parts) == 1)
            {
                await change();
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
