// The demo as a C# program: finds the files that use the most space, previews a policy, trims, and recovers from an incident.
// Runs against emulated services on this computer.
using System.Globalization;
using System.Net.Http.Json;
using FileVersions;
using FileVersions.Box;
using FileVersions.Box.Finding;
using FileVersions.Emulator;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.Keeping;
using FileVersions.Services;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
await using EmulatorHost services = await EmulatorHost.StartAsync();
await LoadAsync(new { name = "company" });
await LoadAsync(new { name = "archive", files = 400, attacked = 60 });

// For the real service, omit the address and use your own token.
BoxConnection connection = BoxConnection.FromAccessToken(new Secret("box-token"), services.ApiUri);
var box = new BoxClient(connection);
var finder = new BoxFileFinder(connection);
var wholeTree = new FindOptions<BoxFile> { MaxDepth = null };

Heading("Files in folder 27182 that use the most space for past versions");
var files = new List<BoxFile>();
await foreach (BoxFile file in finder.ListFilesAsync("27182", wholeTree))
{
    files.Add(file);
}

// Files that never changed need no request.
string[] changed = [.. files.Where(file => file.HasPastVersions == true).Select(file => file.FileId!)];
var measures = new List<FileVersionMeasure>();
var expired = new List<VersionEntry>();
var rules = new RetentionRules(new RetentionPolicy(DateTimeOffset.UtcNow) { Last = 10, Daily = 30, Monthly = 12 });
var grouper = new FileGrouper(
    versions =>
    {
        measures.Add(Usage.Measure(versions));
        expired.AddRange(rules.SelectExpired(versions));
    },
    error => throw error);
await foreach (BoxFileVersion version in box.ListVersionsAsync(changed, fetch: new FetchOptions { ThrottleLimit = 16 }))
{
    grouper.Add(((IFileVersion)version).ToEntry());
}

grouper.Complete();
foreach (FileVersionMeasure measure in measures.OrderByDescending(measure => measure.PastSize).Take(5))
{
    Console.WriteLine($"  {measure.PastSize,12:N0} bytes in {measure.PastCount,3} versions  {measure.Name}");
}

Heading("A policy: the last 10, 30 daily and 12 monthly versions");
Console.WriteLine($"  would free {expired.Sum(version => version.Size ?? 0):N0} bytes in {expired.Count} versions");

Heading("Trim");
foreach (VersionEntry version in expired)
{
    await box.RemoveVersionAsync(version.FileId, version.VersionId);
}

Console.WriteLine($"  {expired.Count} versions moved to the trash");

Heading("Ransomware has encrypted files in folder 31415");
var archive = new List<BoxFile>();
await foreach (BoxFile file in finder.ListFilesAsync("31415", wholeTree))
{
    archive.Add(file);
}

BoxFile[] locked = [.. archive.Where(file => file.Name!.EndsWith(".locked", StringComparison.Ordinal))];
var encrypted = new List<BoxFileVersion>();
foreach (BoxFile file in locked)
{
    encrypted.Add(await box.GetCurrentVersionAsync(file.FileId!));
}

DateTimeOffset before = encrypted.Min(version => version.CreatedAt)!.Value.AddSeconds(-1);
Console.WriteLine($"  {locked.Length} files, since {before.AddSeconds(1):u}");

Heading("Recover: restore the version that was current before");
foreach (BoxFile file in locked)
{
    BoxFileVersion good = (await box.GetVersionAsOfAsync(file.FileId!, before))!;
    await box.RestoreVersionAsync(file.FileId!, good.VersionId!);
}

int left = 0;
await foreach (BoxFile file in finder.ListFilesAsync("31415", wholeTree))
{
    left += file.Name!.EndsWith(".locked", StringComparison.Ordinal) ? 1 : 0;
}

Console.WriteLine($"  {locked.Length} files restored, {left} encrypted files left");

static void Heading(string text) => Console.WriteLine($"{Environment.NewLine}{text}:");

async Task LoadAsync<T>(T dataSet)
{
    using var client = new HttpClient();
    using HttpResponseMessage response = await client.PostAsJsonAsync(new Uri(services.ApiUri, "/_emulator/dataset"), dataSet);
    response.EnsureSuccessStatusCode();
}
