using System.Globalization;
using Xunit.Abstractions;

namespace FileVersions.UnitTests.Http;

/// <summary>Measures how much of a limit the throttle uses and how many requests are refused. docs/design.md has the figures.</summary>
public class ThrottleSimulationTests(ITestOutputHelper output)
{
    /// <summary>Box allows 1,000 requests a minute and states delays in seconds, ImageKit 40 a second. How they count is not documented.</summary>
    [Theory]
    [InlineData("Box, 1,000 in each minute")]
    [InlineData("Box, 1,000 in any minute")]
    [InlineData("Box, bucket of 17")]
    [InlineData("Box, bucket of 1,000")]
    [InlineData("ImageKit, 40 in each second")]
    [InlineData("ImageKit, 40 in any second")]
    [InlineData("ImageKit, bucket of 40")]
    [InlineData("ImageKit, bucket of 100")]
    [InlineData("200 in each second")]
    [InlineData("400 in any 2 seconds")]
    public async Task The_client_uses_the_limit_and_few_requests_are_throttled(string limit)
    {
        bool isBox = limit.StartsWith("Box", StringComparison.Ordinal);
        TimeSpan duration = TimeSpan.FromMinutes(isBox ? 10 : 5);
        foreach (int concurrency in (int[])[8, 16, 64])
        {
            foreach (int latency in (int[])[20, 50, 200])
            {
                var simulation = new ThrottleSimulation(Create(limit), inWholeSeconds: isBox);
                await simulation.RunAsync(concurrency, TimeSpan.FromMilliseconds(latency), duration);
                string result = Describe($"{limit}, {concurrency} at once, {latency} ms", simulation);
                Assert.True(simulation.Utilization >= 0.9, result);
                Assert.True(simulation.RefusedShare <= 0.02, result);

                // A pause lasts at most a minute. Each worker then waits for all others.
                Assert.True(simulation.MaxWait < TimeSpan.FromSeconds(isBox ? 75 : 10), result);
            }
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    public async Task Refusals_unrelated_to_the_rate_only_cause_their_delays(int concurrency)
    {
        // One request in 2,000 is refused, with a delay of 0.1 s.
        var limit = new ServiceLimit.AtRandom(new ServiceLimit.None(), 2000, TimeSpan.FromSeconds(0.1));
        var simulation = new ThrottleSimulation(limit, inWholeSeconds: false);

        await simulation.RunAsync(concurrency, TimeSpan.FromMilliseconds(20), TimeSpan.FromMinutes(1));

        string result = Describe($"one refusal in 2,000, {concurrency} at once", simulation);
        double pauses = 0.1 * simulation.Refused / 60;
        Assert.True(simulation.Utilization >= 0.95 * (1 - pauses), result);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    public async Task A_doubled_limit_is_used_quickly(int concurrency)
    {
        var limit = new ServiceLimit.TokenBucket(40, 40, risesAt: TimeSpan.FromMinutes(1), rise: 2);
        var simulation = new ThrottleSimulation(limit, inWholeSeconds: false);

        await simulation.RunAsync(concurrency, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(5));

        string result = Describe($"40, later 80 a second, {concurrency} at once", simulation);
        Assert.True(simulation.Utilization >= 0.9, result);
        Assert.True(simulation.RefusedShare <= 0.02, result);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    public async Task The_rate_recovers_after_an_outage(int concurrency)
    {
        var limit = new ServiceLimit.Outage(
            new ServiceLimit.SlidingWindow(1000, TimeSpan.FromMinutes(1)), TimeSpan.FromSeconds(200), TimeSpan.FromSeconds(300));
        var simulation = new ThrottleSimulation(limit, inWholeSeconds: true);

        await simulation.RunAsync(concurrency, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(15));

        string result = Describe($"Box, 100 s without any reply but 429, {concurrency} at once", simulation);
        Assert.True(simulation.Utilization >= 0.9, result);
    }

    [Fact]
    public async Task Two_processes_share_a_limit()
    {
        var simulation = new ThrottleSimulation(new ServiceLimit.SlidingWindow(1000, TimeSpan.FromMinutes(1)), inWholeSeconds: true);

        await simulation.RunAsync(8, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(15), processes: 2);

        string result = Describe("Box, 2 processes, 8 at once in each", simulation);
        Assert.True(simulation.Utilization >= 0.9, result);
        Assert.True(simulation.RefusedShare <= 0.02, result);
    }

    private static ServiceLimit Create(string limit) => limit switch
    {
        "Box, 1,000 in each minute" => new ServiceLimit.FixedWindow(1000, TimeSpan.FromMinutes(1)),
        "Box, 1,000 in any minute" => new ServiceLimit.SlidingWindow(1000, TimeSpan.FromMinutes(1)),
        "Box, bucket of 17" => new ServiceLimit.TokenBucket(1000 / 60.0, 17),
        "Box, bucket of 1,000" => new ServiceLimit.TokenBucket(1000 / 60.0, 1000),
        "ImageKit, 40 in each second" => new ServiceLimit.FixedWindow(40, TimeSpan.FromSeconds(1)),
        "ImageKit, 40 in any second" => new ServiceLimit.SlidingWindow(40, TimeSpan.FromSeconds(1)),
        "ImageKit, bucket of 40" => new ServiceLimit.TokenBucket(40, 40),
        "ImageKit, bucket of 100" => new ServiceLimit.TokenBucket(40, 100),
        "200 in each second" => new ServiceLimit.FixedWindow(200, TimeSpan.FromSeconds(1)),
        "400 in any 2 seconds" => new ServiceLimit.SlidingWindow(400, TimeSpan.FromSeconds(2)),
        _ => throw new ArgumentOutOfRangeException(nameof(limit)),
    };

    private string Describe(string name, ThrottleSimulation simulation)
    {
        string result = string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {simulation.Utilization:P1} of the limit used, {simulation.RefusedShare:P2} refused ({simulation.Refused}), longest wait {simulation.MaxWait.TotalSeconds:0.0} s");
        output.WriteLine(result);
        return result;
    }
}
