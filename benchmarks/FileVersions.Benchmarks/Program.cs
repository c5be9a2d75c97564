// The limit: sends the same requests with HttpClient, parses the replies with System.Text.Json and drops them.
// Arguments: box|ik, number of files, requests in flight, number of runs. Prints the same JSON as the other sides.
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FileVersions.Benchmarks;

bool isBox = args[0] == "box";
int fileCount = Number(1), throttleLimit = Number(2), runCount = Number(3);
string[] ids = [.. Enumerable.Range(0, fileCount).Select(i => (isBox ? "" : "n100-") + (100_000_001 + i).ToString(CultureInfo.InvariantCulture))];

using var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All };
using var http = new HttpClient(handler);
string root;
if (isBox)
{
    root = Environment.GetEnvironmentVariable("BOX_BASE_URL")!;
    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("BOX_ACCESS_TOKEN"));
}
else
{
    root = Environment.GetEnvironmentVariable("IMAGE_KIT_BASE_URL")!;
    string key = Convert.ToBase64String(Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable("IMAGEKIT_PRIVATE_KEY") + ":"));
    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", key);
}

const string Fields = "id%2Ctype%2Csha1%2Cname%2Csize%2Ccreated_at%2Cmodified_at%2Cmodified_by%2Ctrashed_at%2Ctrashed_by"
    + "%2Crestored_at%2Crestored_by%2Cpurged_at%2Cuploader_display_name%2Cversion_number";

await ListAsync(ids[..1]);
var times = new List<double>();
TimeSpan processor = Environment.CpuUsage.TotalTime;
for (int run = 0; run < runCount; run++)
{
    long start = Stopwatch.GetTimestamp();
    await ListAsync(ids);
    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
}

double cpuMs = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / runCount;
using Process self = Process.GetCurrentProcess();
Console.WriteLine(JsonSerializer.Serialize(
    new Dictionary<string, object> { ["ms"] = times, ["cpuMs"] = cpuMs, ["peakMB"] = self.PeakWorkingSet64 / 1048576.0 }));
return;

int Number(int index) => int.Parse(args[index], CultureInfo.InvariantCulture);

Task ListAsync(string[] files) => Parallel.ForEachAsync(
    files,
    new ParallelOptions { MaxDegreeOfParallelism = throttleLimit },
    async (id, stop) =>
    {
        if (!isBox)
        {
            await http.GetFromJsonAsync($"{root}/v1/files/{id}/versions", IKWire.Default.ListIKVersion, stop);
            return;
        }

        int total = await PageAsync(id, 0, stop);
        await Parallel.ForEachAsync(
            Enumerable.Range(1, Math.Max(0, (total - 1) / 1000)),
            new ParallelOptions { MaxDegreeOfParallelism = throttleLimit, CancellationToken = stop },
            async (page, stopPage) => await PageAsync(id, page * 1000, stopPage));
    });

async Task<int> PageAsync(string id, int offset, CancellationToken stop)
{
    BoxPage page = (await http.GetFromJsonAsync($"{root}/2.0/files/{id}/versions?fields={Fields}&limit=1000&offset={offset}", BoxWire.Default.BoxPage, stop))!;
    return page.TotalCount;
}
