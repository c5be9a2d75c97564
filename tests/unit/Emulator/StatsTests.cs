using System.Text.Json.Nodes;

namespace FileVersions.UnitTests.Emulator;

public sealed class StatsTests : EmulatorTestBase
{
    [Fact]
    public async Task Requests_are_counted_by_service_kind_and_status()
    {
        await BoxJson("/2.0/files/1/versions");
        await BoxJson("/2.0/files/1");
        await IkJson("/v1/files/a/versions");
        using HttpResponseMessage missing = await GetIk("/v1/files/missing/versions");
        JsonNode stats = await Control(HttpMethod.Get, "stats");

        Assert.Equal(4, stats["total"]!["requests"]!.GetValue<int>());
        Assert.Equal("""{"file":1,"list":1}""", stats["box"]!["byKind"]!.ToJsonString());
        Assert.Equal("""{"200":1,"404":1}""", stats["ik"]!["byStatus"]!.ToJsonString());
        await Control(HttpMethod.Delete, "stats");
        Assert.Equal(0, await Stat("total.requests"));
    }

    [Fact]
    public async Task The_peak_is_the_maximum_number_of_requests_in_flight()
    {
        await Settings("""{"latencyMs":30}""");
        await Parallel.ForEachAsync(Enumerable.Range(0, 60), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (i, _) => await BoxJson($"/2.0/files/{i}/versions"));
        Assert.Equal(6, await Stat("box.peakInFlight"));

        await Settings("""{"latencyMs":0}""");
        await Control(HttpMethod.Delete, "stats");
        for (int i = 0; i < 300; i++)
        {
            // Each request uses a new connection, so it can reach the server before the previous one has ended.
            using var http = new HttpClient { BaseAddress = Emulator.ApiUri };
            using HttpResponseMessage response = await http.SendAsync(Box(HttpMethod.Get, $"/2.0/files/{i}/versions"));
        }

        Assert.Equal(1, await Stat("box.peakInFlight"));
        Assert.Equal(0, await Stat("box.inFlight"));
    }

    [Fact]
    public async Task The_last_requests_are_reported_in_order()
    {
        using HttpResponseMessage response = await GetBox("/2.0/files/a%2F..%2Fb/versions?x=%23");
        JsonNode request = (await Control(HttpMethod.Get, "requests?last=1"))[0]!;

        Assert.Equal("/2.0/files/a%2F..%2Fb/versions?x=%23", request["target"]!.GetValue<string>());
        Assert.Equal(("101", 405), (request["account"]!.GetValue<string>(), request["status"]!.GetValue<int>()));
    }
}
