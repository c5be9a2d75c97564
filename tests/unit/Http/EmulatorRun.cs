using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FileVersions.Box;
using FileVersions.Emulator;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.ImageKit;
using FileVersions.Services;

namespace FileVersions.UnitTests.Http;

/// <summary>An emulator for one test, with helpers for requests about many files.</summary>
internal sealed class EmulatorRun : IAsyncDisposable
{
    private static readonly HttpClient s_control = new(new HttpClientHandler { UseProxy = false });

    private readonly EmulatorHost _host;

    private EmulatorRun(EmulatorHost host) => _host = host;

    internal Uri Address => _host.ApiUri;

    internal static async Task<EmulatorRun> StartAsync(EmulatorSettings settings) => new(await EmulatorHost.StartAsync(settings));

    internal BoxConnection Box(ConnectionOptions? options = null, string token = "box-token") =>
        BoxConnection.FromAccessToken(new Secret(token), Address, options: options);

    internal IKConnection ImageKit(ConnectionOptions? options = null) => IKConnection.FromPrivateKey(new Secret("private_test"), Address, options);

    /// <summary>Sets fault rules, which tests/emulator/README.md describes.</summary>
    internal async Task SetFaultsAsync(params object[] rules)
    {
        using HttpResponseMessage reply = await s_control.PostAsJsonAsync(new Uri(Address, "_emulator/faults"), rules);
        reply.EnsureSuccessStatusCode();
    }

    /// <summary>Creates a file; tests/emulator/README.md describes the form.</summary>
    internal async Task CreateFileAsync(object seed)
    {
        using HttpResponseMessage reply = await s_control.PostAsJsonAsync(new Uri(Address, "_emulator/files"), seed);
        reply.EnsureSuccessStatusCode();
    }

    /// <summary>Loads a data set; tests/emulator/README.md describes the form.</summary>
    internal async Task LoadAsync(object dataSet)
    {
        using HttpResponseMessage reply = await s_control.PostAsJsonAsync(new Uri(Address, "_emulator/dataset"), dataSet);
        reply.EnsureSuccessStatusCode();
    }

    /// <summary>Clears the emulator's cached responses, as every change of its settings does.</summary>
    internal async Task ForgetRepliesAsync()
    {
        using HttpResponseMessage reply = await s_control.PatchAsJsonAsync(new Uri(Address, "_emulator/settings"), new { seed = 1 });
        reply.EnsureSuccessStatusCode();
    }

    /// <summary>Returns the emulator's statistics of a service: <c>box</c> or <c>ik</c>.</summary>
    internal async Task<JsonObject> StatsAsync(string service) =>
        (await s_control.GetFromJsonAsync<JsonObject>(new Uri(Address, "_emulator/stats")))![service]!.AsObject();

    /// <summary>Returns the times of a service's accepted requests in milliseconds, in order, among the last 10,000 requests.</summary>
    internal async Task<double[]> AcceptedAsync(string service)
    {
        JsonArray requests = (await s_control.GetFromJsonAsync<JsonArray>(new Uri(Address, "_emulator/requests?last=10000")))!;
        return [.. requests.Where(r => (string)r!["service"]! == service && (int)r["status"]! != 429).Select(r => (double)r!["startMs"]!).Order()];
    }

    /// <summary>Lists the versions of files and passes the output to <paramref name="take"/>, in the order of the files.</summary>
    internal static Task<TimeSpan> ListBoxAsync(BoxConnection connection, IEnumerable<string> files, int throttle, Action<FetchEvent<BoxFileVersion>> take, int pageSize = 1000) =>
        DrainAsync(new BoxClient(connection), files, throttle, take, new VersionListOptions { PageSize = pageSize });

    internal static Task<TimeSpan> ListImageKitAsync(IKConnection connection, IEnumerable<string> files, int throttle, Action<FetchEvent<IKFileVersion>> take) =>
        DrainAsync(new IKClient(connection), files, throttle, take, new VersionListOptions());

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    // Reading blocks, so it has its own thread, as in a cmdlet.
    private static Task<TimeSpan> DrainAsync<TItem>(
        IVersionService<TItem> service, IEnumerable<string> files, int throttle, Action<FetchEvent<TItem>> take, VersionListOptions options)
        where TItem : class, IFileVersion => Task.Factory.StartNew(
            () =>
            {
                long start = Stopwatch.GetTimestamp();
                using var fetcher = new OrderedFetcher<TItem>(throttle);
                foreach (string file in files)
                {
                    while (!fetcher.HasRoom && fetcher.Take(System.Threading.Timeout.InfiniteTimeSpan, out FetchEvent<TItem> next) == TakeResult.Taken)
                    {
                        take(next);
                    }

                    fetcher.Add(file, (context, stop) => service.FetchVersionsAsync(file, options, context, stop));
                }

                while (fetcher.Take(System.Threading.Timeout.InfiniteTimeSpan, out FetchEvent<TItem> next) == TakeResult.Taken)
                {
                    take(next);
                }

                return Stopwatch.GetElapsedTime(start);
            },
            System.Threading.CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
}
