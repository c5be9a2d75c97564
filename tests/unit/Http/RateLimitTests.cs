using System.Globalization;
using System.Text.Json.Nodes;
using FileVersions.Emulator;
using FileVersions.Http;
using FileVersions.UnitTests.Support;
using Xunit.Abstractions;

namespace FileVersions.UnitTests.Http;

/// <summary>Lists files from services that limit the rate, in real time. ThrottleSimulationTests tests more limits in virtual time.</summary>
[Collection(NonParallel.Name)]
public class RateLimitTests(ITestOutputHelper output)
{
    private const int FileCount = 1000;

    // On a busy computer, timers fire late and requests start in bursts, so one request can be refused many times.
    private static readonly ConnectionOptions s_options = new() { MaximumRetryCount = 20 };

    [Theory]
    [InlineData(true)]

    // Whole seconds round the delay up to the length of the window.
    [InlineData(false)]
    public async Task Box_throttles_few_requests_for_many_files(bool fractional)
    {
        var limit = new RateLimit(200, 1000, fractional);
        await using EmulatorRun run = await EmulatorRun.StartAsync(new EmulatorSettings { BoxRateLimit = limit, BoxVersions = 3 });
        string[] files = [.. Enumerable.Range(10_000, FileCount).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        var versions = new Dictionary<string, int>();
        TimeSpan elapsed = await EmulatorRun.ListBoxAsync(run.Box(s_options), files, 8, next =>
        {
            Assert.Null(next.Error);
            if (next.Items is { } items)
            {
                versions.Add((string)next.Target, items.Count);
            }
        });

        Assert.Equal(files, versions.Keys);
        Assert.All(versions.Values, count => Assert.Equal(3, count));
        Check(await run.StatsAsync("box"), await run.AcceptedAsync("box"), limit, elapsed);
    }

    [Fact]
    public async Task ImageKit_throttles_few_requests_for_many_files()
    {
        var limit = new RateLimit(200, 1000);
        await using EmulatorRun run = await EmulatorRun.StartAsync(new EmulatorSettings { IkRateLimit = limit, IkVersions = 3 });
        string[] files = [.. Enumerable.Range(10_000, FileCount).Select(number => number.ToString("x24", CultureInfo.InvariantCulture))];
        var versions = new Dictionary<string, int>();
        TimeSpan elapsed = await EmulatorRun.ListImageKitAsync(run.ImageKit(s_options), files, 8, next =>
        {
            Assert.Null(next.Error);
            if (next.Items is { } items)
            {
                versions.Add((string)next.Target, items.Count);
            }
        });

        Assert.Equal(files, versions.Keys);
        Assert.All(versions.Values, count => Assert.Equal(3, count));
        Check(await run.StatsAsync("ik"), await run.AcceptedAsync("ik"), limit, elapsed);
    }

    // The share of the rate that is used depends on the machine. Benchmark W12 measures it, and ThrottleTests checks it with a fake clock.
    private void Check(JsonObject stats, double[] accepted, RateLimit limit, TimeSpan elapsed)
    {
        long requests = (long)stats["requests"]!;
        long refused = (long)stats["limited"]!;
        double[] used =
        [
            .. accepted.GroupBy(at => Math.Floor((at - accepted[0]) / limit.WindowMs)).OrderBy(span => span.Key).SkipLast(1)
                .Select(span => (double)span.Count() / limit.PerWindow),
        ];
        double whole = accepted.Length * limit.WindowMs / (limit.PerWindow * elapsed.TotalMilliseconds);
        double median = used.Order().ElementAt(used.Length / 2);
        string summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{accepted.Length} files in {elapsed.TotalSeconds:0.0} s: {whole:P1} of the allowed rate, {median:P1} in the median span, {refused} of {requests} requests refused ({(double)refused / requests:P2}); in each span: {string.Join(" ", used.Select(part => part.ToString("P0", CultureInfo.InvariantCulture)))}");
        output.WriteLine(summary);
        Assert.Equal(accepted.Length, requests - refused);
        Assert.InRange(refused, 1, requests / 10);
    }
}
