using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace FileVersions.Emulator;

/// <summary>
/// Runs the emulator, which needs .NET, in a separate process. Has the same members as the in-process class of the same name. A process
/// is reset and reused after each test.
/// </summary>
public sealed class EmulatorHost : IAsyncDisposable
{
    private static readonly ConcurrentBag<EmulatorHost> s_idle = [];
    private static readonly HttpClient s_http = new(new HttpClientHandler { UseProxy = false });

    private EmulatorHost(JsonNode addresses)
    {
        ApiUri = new Uri((string)addresses["api"]!);
        DownloadUri = new Uri((string)addresses["download"]!);
        ProxyUri = new Uri((string)addresses["proxy"]!);
    }

    public Uri ApiUri { get; }

    public Uri DownloadUri { get; }

    public Uri ProxyUri { get; }

    public static async Task<EmulatorHost> StartAsync(EmulatorSettings? settings = null)
    {
        EmulatorHost host = s_idle.TryTake(out EmulatorHost? idle) ? idle : await StartProcessAsync();
        if (settings is not null)
        {
            await SendAsync(new HttpRequestMessage(new HttpMethod("PATCH"), new Uri(host.ApiUri, "_emulator/settings")) { Content = JsonContent.Create(settings) });
        }

        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(ApiUri, "_emulator/reset")));
        s_idle.Add(this);
    }

    private static async Task<EmulatorHost> StartProcessAsync()
    {
        // The process ends when this one does.
        var start = new ProcessStartInfo("dotnet", $"\"{FindProgram()}\" --parent-pid {Process.GetCurrentProcess().Id}")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string? line = await process.StandardOutput.ReadLineAsync();
        return new EmulatorHost(JsonNode.Parse(line ?? throw new InvalidOperationException("The emulator did not start."))!);
    }

    private static string FindProgram()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "FileVersions.psd1")))
        {
            root = root.Parent;
        }

        return Directory.EnumerateFiles(Path.Combine(root!.FullName, "tests", "emulator", "bin"), "FileVersions.Emulator.dll", SearchOption.AllDirectories)
            .OrderByDescending(File.GetLastWriteTimeUtc)
            .First();
    }

    private static async Task SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (HttpResponseMessage response = await s_http.SendAsync(request))
        {
            response.EnsureSuccessStatusCode();
        }
    }
}
