using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FileVersions.Box;
using FileVersions.Emulator;
using FileVersions.Fetching;
using FileVersions.Services;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Fetching;

/// <summary>Reads versions with <c>await foreach</c>, as C# programs do.</summary>
public sealed class ItemSequenceTests : IAsyncLifetime
{
    private static readonly HttpClient s_http = new();

    private EmulatorHost _emulator = null!;

    public async Task InitializeAsync() => _emulator = await EmulatorHost.StartAsync(new EmulatorSettings { LatencyMs = 1 });

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task Leaving_the_loop_stops_requests_and_reads_no_more_ids()
    {
        int read = 0;
        IEnumerable<string> ids = Enumerable.Range(1, 100_000).Select(id =>
        {
            read++;
            return id.ToString(CultureInfo.InvariantCulture);
        });

        string? first = null;
        await foreach (BoxFileVersion version in Clients.Box(_emulator.ApiUri).ListVersionsAsync(ids))
        {
            first = version.FileId;
            break;
        }

        Assert.Equal("1", first);
        Assert.InRange(read, 1, 100);
        Assert.True(await IsIdleAsync());
    }

    [Fact]
    public async Task Cancelling_ends_the_loop()
    {
        using var stop = new CancellationTokenSource();
        var files = new HashSet<string?>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (BoxFileVersion version in Clients.Box(_emulator.ApiUri).ListVersionsAsync(Ids(1000), cancellationToken: stop.Token))
            {
                if (files.Add(version.FileId) && files.Count == 3)
                {
                    await stop.CancelAsync();
                }
            }
        });

        Assert.Equal(["1", "2", "3"], files);
        Assert.True(await IsIdleAsync());
    }

    [Fact]
    public async Task Errors_are_reported_in_file_order_and_other_files_continue()
    {
        var output = new List<string>();
        var fetch = new FetchOptions { OnError = error => output.Add($"{error.FileId}: {error.Kind}") };

        await foreach (BoxFileVersion version in Clients.Box(_emulator.ApiUri)
            .ListVersionsAsync(["11", "404000", "22", "..", "33"], new VersionListOptions { Limit = 1 }, fetch))
        {
            output.Add(version.FileId!);
        }

        Assert.Equal(["11", "404000: FileVersionNotFound", "22", "..: InvalidRequest", "33"], output);
    }

    [Fact]
    public async Task Without_an_error_handler_the_first_error_ends_the_loop()
    {
        var files = new List<string>();

        FileVersionException error = await Assert.ThrowsAsync<FileVersionException>(async () =>
        {
            await foreach (BoxFileVersion version in Clients.Box(_emulator.ApiUri)
                .ListVersionsAsync(["11", "404000", "22"], new VersionListOptions { Limit = 1 }))
            {
                files.Add(version.FileId!);
            }
        });

        Assert.Equal(["11"], files);
        Assert.Equal("404000", error.FileId);
    }

    [Fact]
    public async Task Warnings_and_log_lines_reach_their_handlers()
    {
        var output = new List<string>();
        var fetch = new FetchOptions { OnWarning = text => output.Add($"warning {text}"), OnLog = text => output.Add($"log {text}") };
        var sequence = new ItemSequence<int>(
            ["1"],
            (_, context, _) =>
            {
                context.Log!("a");
                context.Emit([7]);
                context.Warn("b");
                context.Emit([]);
                return Task.CompletedTask;
            },
            fetch,
            default);

        await foreach (int item in sequence)
        {
            output.Add(item.ToString(CultureInfo.InvariantCulture));
        }

        Assert.Equal(["log a", "7", "warning b"], output);
    }

    [Fact]
    public async Task Each_loop_sends_its_own_requests()
    {
        ItemSequence<BoxFileVersion> versions = Clients.Box(_emulator.ApiUri).ListVersionsAsync("11", new VersionListOptions { Limit = 5 });

        List<BoxFileVersion> first = await versions.ToListAsync();
        List<BoxFileVersion> second = await versions.ToListAsync();

        Assert.Equal(5, first.Count);
        Assert.Equal(first.Select(version => version.VersionId), second.Select(version => version.VersionId));
        Assert.NotSame(first[0], second[0]);
    }

    private static IEnumerable<string> Ids(int count) => Enumerable.Range(1, count).Select(id => id.ToString(CultureInfo.InvariantCulture));

    private async Task<bool> IsIdleAsync()
    {
        for (int i = 0; i < 500; i++)
        {
            JsonNode stats = (await s_http.GetFromJsonAsync<JsonNode>(new Uri(_emulator.ApiUri, "_emulator/stats")))!;
            if ((int)stats["total"]!["inFlight"]! == 0)
            {
                return true;
            }

            await Task.Delay(10);
        }

        return false;
    }
}
