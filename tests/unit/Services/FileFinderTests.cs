using FileVersions.Box;
using FileVersions.Box.Finding;
using FileVersions.Emulator;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.Services;
using FileVersions.UnitTests.Http;
using FileVersions.UnitTests.Support;
using Microsoft.AspNetCore.Http;

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

    [Fact]
    public async Task An_account_error_ends_all_requests_for_changed_files()
    {
        var ended = new TaskCompletionSource();
        int running = 0;
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            if (context.Request.Path.Value == "/2.0/events")
            {
                string entries = string.Join(',', Enumerable.Range(1, 8).Select(id => $$"""{"source":{"item_type":"file","item_id":"{{id}}"} }"""));
                await context.Response.WriteAsync($$"""{"chunk_size":8,"next_stream_position":"1","entries":[{{entries}}]}""");
                return;
            }

            // The first request fails as soon as all have arrived; the others have no response.
            if (Interlocked.Increment(ref running) == 8)
            {
                ended.SetResult();
            }

            await (context.Request.Path.Value == "/2.0/files/1" ? ended.Task : Task.Delay(Timeout.Infinite, context.RequestAborted));
            context.Response.StatusCode = 401;
        });
        var finder = new BoxChangeFinder(BoxConnection.FromAccessToken(new Secret("box-token"), server.Address));
        var context = new CountingContext();

        FileVersionException failure = await Assert.ThrowsAsync<FileVersionException>(
            () => finder.FindFilesAsync(new BoxChangeQuery(DateTimeOffset.UnixEpoch), null, context, default));

        Assert.True(failure.IsAccountError);
        Assert.Equal(0, context.InFlight);
    }

    private sealed class CountingContext : IFetchContext<BoxFile>
    {
        private int _inFlight;

        public int ThrottleLimit => 8;

        public Action<string>? Log => null;

        internal int InFlight => _inFlight;

        public async Task<T> RequestAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _inFlight);
            try
            {
                return await request(cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _inFlight);
            }
        }

        public Task<T> RequestWithoutOutputAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken) =>
            RequestAsync(request, cancellationToken);

        public void Warn(string text)
        {
        }

        public void Emit(IReadOnlyList<BoxFile> items)
        {
        }

        public void Fail(FileVersionException error)
        {
        }
    }
}
