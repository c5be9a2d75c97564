using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FileVersions.Emulator;
using Xunit;
using Xunit.Abstractions;

namespace FileVersions.UnitTests.Http;

/// <summary>Runs of thousands of files against services that really limit: nothing is lost, the limit is used, and rarely met.</summary>
public class RateLimitTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(200, 1000, true, 8)]
    [InlineData(400, 2000, false, 16)]
    public async Task Box_limits_are_used_and_rarely_met(int perWindow, int windowMs, bool fractional, int throttle)
    {
        var limit = new RateLimit(perWindow, windowMs, fractional);
        await using EmulatorRun run = await EmulatorRun.StartAsync(new EmulatorSettings { BoxRateLimit = limit, BoxVersions = 3 });
        string[] files = [.. Enumerable.Range(10_000, 2000).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        var versions = new Dictionary<string, int>();
        TimeSpan elapsed = await EmulatorRun.ListBoxAsync(run.Box(), files, throttle, next =>
        {
            Assert.Null(next.Error);
            if (next.Items is { } items)
            {
                versions.Add((string)next.Target, items.Count);
            }
        });

        Assert.Equal(files, versions.Keys);
        Assert.All(versions.Values, count => Assert.Equal(3, count));
        Check(await run.StatsAsync("box"), limit, files.Length, elapsed);
    }

    [Theory]
    [InlineData(200, 1000, 8)]
    [InlineData(400, 2000, 32)]
    public async Task ImageKit_limits_are_used_and_rarely_met(int perWindow, int windowMs, int throttle)
    {
        var limit = new RateLimit(perWindow, windowMs);
        await using EmulatorRun run = await EmulatorRun.StartAsync(new EmulatorSettings { IkRateLimit = limit, IkVersions = 3 });
        string[] files = [.. Enumerable.Range(10_000, 2000).Select(number => number.ToString("x24", CultureInfo.InvariantCulture))];
        var versions = new Dictionary<string, int>();
        TimeSpan elapsed = await EmulatorRun.ListImageKitAsync(run.ImageKit(), files, throttle, next =>
        {
            Assert.Null(next.Error);
            if (next.Items is { } items)
            {
                versions.Add((string)next.Target, items.Count);
            }
        });

        Assert.Equal(files, versions.Keys);
        Assert.All(versions.Values, count => Assert.Equal(3, count));
        Check(await run.StatsAsync("ik"), limit, files.Length, elapsed);
    }

    private void Check(JsonObject stats, RateLimit limit, int files, TimeSpan elapsed)
    {
        long requests = (long)stats["requests"]!;
        long refused = (long)stats["limited"]!;
        double allowed = limit.PerWindow * elapsed.TotalMilliseconds / limit.WindowMs;
        string summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{files} files in {elapsed.TotalSeconds:0.0} s: {files / allowed:P1} of the allowed rate, {refused} of {requests} requests refused ({(double)refused / requests:P2})");
        output.WriteLine(summary);
        Assert.Equal(files, requests - refused);
        Assert.True(refused <= 0.02 * requests, summary);
    }
}
