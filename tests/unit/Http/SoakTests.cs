using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FileVersions.Emulator;
using FileVersions.Http;
using FileVersions.UnitTests.Support;
using Xunit;
using Xunit.Abstractions;

namespace FileVersions.UnitTests.Http;

/// <summary>
/// A long run in which one request in a hundred goes wrong: every file is accounted for once, and memory stays flat.
/// FILEVERSIONS_SOAK_FILES says how many files; CI takes 100,000.
/// </summary>
[Collection(OnItsOwn.Name)]
public class SoakTests(ITestOutputHelper output)
{
    private const int Throttle = 64;
    private const int MostLate = 3;
    private const long MostGrowth = 8 * 1024 * 1024;

    // Each of the replies that never come holds the whole run up, once as many files as there is room for are done.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task Every_file_is_accounted_for_once_and_memory_stays_flat()
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
            new { action = "replaceBody", body = "{\"entries\":[{\"id\":7,\"size\":\"big\"}]}" },
            new { action = "hang" },
            new { action = "stallBodyAfter", bytes = 100 },
        ];

        // These come half as often: each of them slows down the requests behind it, as it should.
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

                // One outcome for each file, in the order of the files.
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
        output.WriteLine($"{stats["requests"]} requests, {stats["faulted"]} of them spoiled; MiB after each tenth: {string.Join(" ", memory.Select(bytes => bytes / 1024 / 1024))}");
        Assert.False(expected.MoveNext());
        Assert.Equal(count, listed + errors.Values.Sum());

        // What cannot pass by trying again is told once for each time that it happened; what can, did. A reply that the machine
        // held back beyond the time-out was asked for once more.
        JsonObject byStatus = stats["byStatus"]!.AsObject();
        foreach ((int status, FileVersionErrorKind kind) in (ReadOnlySpan<(int, FileVersionErrorKind)>)
            [(404, FileVersionErrorKind.FileVersionNotFound), (400, FileVersionErrorKind.InvalidRequest), (403, FileVersionErrorKind.AccessDenied)])
        {
            int replies = Count(byStatus, status);
            Assert.InRange(errors.GetValueOrDefault(kind), replies - MostLate, replies);
        }

        Assert.Empty(errors.Keys.Except(
            [FileVersionErrorKind.FileVersionNotFound, FileVersionErrorKind.InvalidRequest, FileVersionErrorKind.AccessDenied, FileVersionErrorKind.InvalidResponse]));
        Assert.InRange((double)(long)stats["faulted"]! / (long)stats["requests"]!, 0.005, 0.015);
        Assert.Equal(0, (long)stats["credentialLeaks"]!);

        // The emulator remembers its last requests and fills that memory first.
        Assert.True(memory.Skip(3).Max() - memory[2] < MostGrowth, $"Memory grew: {string.Join(" ", memory)}");
    }

    // The emulator runs in this process and keeps replies until its settings change.
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
