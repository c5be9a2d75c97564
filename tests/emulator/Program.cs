using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using FileVersions.Emulator;

CommandLine line;
try
{
    line = CommandLine.Parse(args);
}
catch (FormatException e)
{
    await Console.Error.WriteLineAsync(e.Message + Environment.NewLine + CommandLine.Usage);
    return 2;
}

using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

await using EmulatorHost host = await EmulatorHost.StartAsync(
    line.Settings, line.Port, line.DownloadPort, line.ProxyPort, line.Verbose ? TextWriter.Synchronized(Console.Error) : null, stop.Token);
if (line.Certificate is { } certificate)
{
    await host.OpenTlsAsync(certificate);
}

var ready = new JsonObject
{
    ["api"] = Address(host.ApiUri),
    ["download"] = Address(host.DownloadUri),
    ["proxy"] = Address(host.ProxyUri),
    ["pid"] = Environment.ProcessId,
};
if (host.HttpsUri is { } https)
{
    ready["https"] = Address(https);
}

Console.WriteLine(ready.ToJsonString());

try
{
    await (line.ParentPid is { } pid ? ParentProcess.WaitForExitAsync(pid, stop.Token) : Task.Delay(Timeout.Infinite, stop.Token));
}
catch (OperationCanceledException)
{
    // The emulator was stopped.
}

return 0;

static string Address(Uri uri) => uri.GetLeftPart(UriPartial.Authority);
