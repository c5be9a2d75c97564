using System.Globalization;
using System.Text.Json.Nodes;
using FileVersions.Emulator;
using FileVersions.Http;
using FileVersions.UnitTests.Support;
using Xunit.Abstractions;

namespace FileVersions.UnitTests.Http;

/// <summary>
/// A long run in which one request in a hundred fails. FILEVERSIONS_SOAK_FILES sets the number of files; CI uses 100,000.
/// </summary>
[Collection(NonParallel.Name)]
public class SoakTests(ITestOutputHelper output)
{
    private const int Throttle = 64;
    private const int MaxLateCount = 3;
    private const long MaxGrowth = 8 * 1024 * 1024;

    // A missing response stops the whole run once the output buffer is full.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task Every_file_has_one_outcome_and_memory_does_not_grow()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("FILEVERSIONS_SOAK_FILES"), CultureInfo.InvariantCulture, out int given) ? given : 20_000;
        await using EmulatorRun run = await EmulatorRun.StartAsync(new EmulatorSettings { BoxVersions = 2 });
        object[] faults =
        [
            new { action = "status", status = 500 },
            new { action = "html", status = 502 },
            new { action = "status", status = 503, headers = new Dictionary<string, string> { ["Retry-After"] = "0.01" } },
            new { action = "emptyBody", status = 504 },
            new { action = "closeBeforeReply" },
            new { action = "closeBeforeReply", reset = true },
            new { action = "cutBodyAfter", bytes = 100 },
            new { action = "cutReplyAfter", bytes = 30 },
            new { action = "status", status = 404 },
            new { action = "status", status = 400 },
            new { action = "status", status = 403 },
            new { action = "html" },
            new { action = "emptyBody" },
            new { action = "redirectTo" },
            new { action = "nestedJson", depth = 1000 },
            new { action = "replaceBody", body = "{\"entries\":[{\"id\":{}}]}" },
            new { action = "hang" },
            new { action = "stallBodyAfter", bytes = 100 },
        ];

        // These are half as frequent, because each of them slows down all requests.
        object[] refusals =
        [
            new { action = "retryAfter", retryAfter = "0.01" },
            new { action = "emptyBody", status = 429 },
        ];
        double share = 0.01 / (faults.Length + (0.5 * refusals.Length));
        await run.SetFaultsAsync([
            .. faults.Select((fault, i) => Rule(fault, share, i + 1)),
            .. refusals.Select((fault, i) => Rule(fault, 0.5 * share, -i - 1)),
        ]);

        IEnumerable<string> files = Enumerable.Range(1_000_000, count).Select(number => number.ToString(CultureInfo.InvariantCulture));
        using IEnumerator<string> expected = files.GetEnumerator();
        var errors = new Dictionary<FileVersionErrorKind, int>();
        var memory = new List<long>();
        int listed = 0;
        TimeSpan elapsed = await EmulatorRun.ListBoxAsync(
            run.Box(new ConnectionOptions { Timeout = s_timeout }),
            files,
            Throttle,
            next =>
            {
                if (next.Items is null && next.Error is null)
                {
                    return;
                }

                // One outcome for each file, in input order.
                Assert.True(expected.MoveNext());
                Assert.Equal(expected.Current, next.Target);
                if (next.Error is not null)
                {
                    FileVersionException failure = Assert.IsType<FileVersionException>(next.Error);
                    Assert.Equal(next.Target, failure.FileId);
                    errors[failure.Kind] = errors.GetValueOrDefault(failure.Kind) + 1;
                }
                else
                {
                    Assert.Equal(2, next.Items!.Count);
                    Assert.All(next.Items, version => Assert.Equal(expected.Current, version.FileId));
                    listed++;
                }

                if ((listed + errors.Values.Sum()) % Math.Max(1, count / 10) == 0)
                {
                    memory.Add(HeldMemory(run));
                }
            });

        JsonObject stats = await run.StatsAsync("box");
        output.WriteLine($"{count} files in {elapsed.TotalSeconds:0} s: {listed} listed, {string.Join(", ", errors.Select(e => $"{e.Value} {e.Key}"))}");
        output.WriteLine($"{stats["requests"]} requests, {stats["faulted"]} of them with faults; MiB after each tenth: {string.Join(" ", memory.Select(bytes => bytes / 1024 / 1024))}");
        Assert.False(expected.MoveNext());
        Assert.Equal(count, listed + errors.Values.Sum());

        // Permanent failures are reported once each; transient ones are retried. A busy machine can delay a response beyond the timeout, which
        // causes another attempt.
        JsonObject byStatus = stats["byStatus"]!.AsObject();
        foreach ((int status, FileVersionErrorKind kind) in (ReadOnlySpan<(int, FileVersionErrorKind)>)
            [(404, FileVersionErrorKind.FileVersionNotFound), (400, FileVersionErrorKind.InvalidRequest), (403, FileVersionErrorKind.AccessDenied)])
        {
            int replies = Count(byStatus, status);
            Assert.InRange(errors.GetValueOrDefault(kind), replies - MaxLateCount, replies);
        }

        Assert.Empty(errors.Keys.Except(
            [FileVersionErrorKind.FileVersionNotFound, FileVersionErrorKind.InvalidRequest, FileVersionErrorKind.AccessDenied, FileVersionErrorKind.InvalidResponse]));
        Assert.InRange((double)(long)stats["faulted"]! / (long)stats["requests"]!, 0.005, 0.015);
        Assert.Equal(0, (long)stats["credentialLeaks"]!);

        // The emulator keeps its last requests, which increases memory use at first.
        Assert.True(memory.Skip(3).Max() - memory[2] < MaxGrowth, $"Memory grew: {string.Join(" ", memory)}");
    }

    // The emulator runs in this process and caches responses until its settings change.
    private static long HeldMemory(EmulatorRun run)
    {
        run.ForgetRepliesAsync().GetAwaiter().GetResult();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static JsonObject Rule(object fault, double probability, int seed)
    {
        JsonObject rule = System.Text.Json.JsonSerializer.SerializeToNode(fault)!.AsObject();
        rule["service"] = "box";
        rule["probability"] = probability;
        rule["seed"] = seed;
        return rule;
    }

    private static int Count(JsonObject byStatus, int status) =>
        (int?)byStatus[status.ToString(CultureInfo.InvariantCulture)] ?? 0;
}
