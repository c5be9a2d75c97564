using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FileVersions;
using FileVersions.Box;
using FileVersions.Emulator;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.ImageKit;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Both services on loopback, so that this runs anywhere. For the real ones leave out the address and give your own credential.
await using EmulatorHost services = await EmulatorHost.StartAsync();
var box = new BoxClient(BoxConnection.FromAccessToken(new Secret("box-token"), services.ApiUri));
var imageKit = new IKClient(IKConnection.FromPrivateKey(new Secret("private_test"), services.ApiUri));

Say("The three newest past versions of a file in Box, with the current one before them:");
Print(box.ListVersions(["12345"], new BoxListOptions { Limit = 4, IncludeCurrent = true }));

Say("The second and third version of a file in ImageKit:");
Print(imageKit.ListVersions(["62c2bdd5872375c6b8f40fd4"], new IKListOptions { Offset = 1, Limit = 2 }));

Say("Paging: versions 501 to 2000 of a file that has 3,000. The service gives at most 1,000 at once:");
List<BoxFileVersion> window = [.. box.ListVersions(["903000001"], new BoxListOptions { Offset = 500, Limit = 1500 }).SelectMany(page => page.Items ?? [])];
Console.WriteLine($"  {window.Count} versions, from number {window[0].VersionNumber} down to {window[^1].VersionNumber}");

Say("Two hundred files, sixteen requests at a time, in the order of the ids:");
IEnumerable<string> ids = Enumerable.Range(1001, 200).Select(id => id.ToString(CultureInfo.InvariantCulture));
long bytes = 0;
int count = 0;
foreach (BoxFileVersion version in box.ListVersions(ids, throttleLimit: 16).SelectMany(page => page.Items ?? []))
{
    count++;
    bytes += version.Size ?? 0;
}

Console.WriteLine($"  {count} versions of {bytes:N0} bytes");

Say("A file that is not there does not keep the others from coming:");
Print(box.ListVersions(["12345", "404000", "67890"], new BoxListOptions { Limit = 1 }));

static void Say(string text) => Console.WriteLine($"{Environment.NewLine}{text}");

// What comes is one of: a page of versions, a warning, a line for the log, and for a file that failed the reason.
static void Print<TVersion>(IEnumerable<FetchEvent<TVersion>> events)
{
    foreach (FetchEvent<TVersion> next in events)
    {
        foreach (TVersion version in next.Items ?? [])
        {
            Console.WriteLine($"  {next.Target}: {version}");
        }

        if (next.Error is FileVersionException error)
        {
            Console.WriteLine($"  {next.Target}: {error.Kind}: {error.Message}");
        }
    }
}
