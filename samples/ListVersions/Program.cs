// Lists file versions with the client library. Runs against emulated services on this computer.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FileVersions.Box;
using FileVersions.Emulator;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.ImageKit;
using FileVersions.Services;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
await using EmulatorHost services = await EmulatorHost.StartAsync();

// For the real services, omit the address and use your own credentials.
var box = new BoxClient(BoxConnection.FromAccessToken(new Secret("box-token"), services.ApiUri));
var imageKit = new IKClient(IKConnection.FromPrivateKey(new Secret("private_test"), services.ApiUri));

Heading("The current version of a file in Box and the three newest past versions");
await foreach (BoxFileVersion version in box.ListVersionsAsync("12345", new VersionListOptions { Limit = 4, IncludeCurrent = true }))
{
    Console.WriteLine($"  {version}");
}

Heading("The second and third version of a file in ImageKit");
await foreach (IKFileVersion version in imageKit.ListVersionsAsync("62c2bdd5872375c6b8f40fd4", new VersionListOptions { Offset = 1, Limit = 2 }))
{
    Console.WriteLine($"  {version}");
}

Heading("Versions 501 to 2,000 of a file that has 3,000; Box returns at most 1,000 per response");
List<BoxFileVersion> window = await box.ListVersionsAsync("903000001", new VersionListOptions { Offset = 500, Limit = 1500 }).ToListAsync();
Console.WriteLine($"  {window.Count} versions, from number {window[0].VersionNumber} down to {window[^1].VersionNumber}");

Heading("The size of all versions of 200 files, with 16 concurrent requests");
IEnumerable<string> fileIds = Enumerable.Range(1001, 200).Select(id => id.ToString(CultureInfo.InvariantCulture));
long bytes = 0;
await foreach (BoxFileVersion version in box.ListVersionsAsync(fileIds, fetch: new FetchOptions { ThrottleLimit = 16 }))
{
    bytes += version.Size ?? 0;
}

Console.WriteLine($"  {bytes:N0} bytes");

Heading("Three files, one of which does not exist");
var reportErrors = new FetchOptions { OnError = error => Console.WriteLine($"  {error.FileId}: {error.Kind}") };
await foreach (BoxFileVersion version in box.ListVersionsAsync(["12345", "404000", "67890"], new VersionListOptions { Limit = 1 }, reportErrors))
{
    Console.WriteLine($"  {version.FileId}: {version.VersionId}");
}

Heading("The version that was in force 30 days ago");
Console.WriteLine($"  {await box.GetVersionAsOfAsync("12345", DateTimeOffset.UtcNow.AddDays(-30))}");

static void Heading(string text) => Console.WriteLine($"{Environment.NewLine}{text}:");
