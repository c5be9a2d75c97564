using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FileVersions.Emulator;

namespace FileVersions.UnitTests.Emulator;

/// <summary>Runs the emulator as a separate process.</summary>
public sealed class ProgramTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_emulator_prints_its_addresses_and_exits_with_its_parent()
    {
        using Process parent = Start("--port", "0");
        JsonNode parentReady = await Ready(parent);
        using Process emulator = Start("--parent-pid", parent.Id.ToString(CultureInfo.InvariantCulture), "--box-versions", "3", "--latency-ms", "1.5");
        JsonNode ready = await Ready(emulator);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, ready["api"] + "/2.0/files/1/versions");
        request.Headers.Authorization = new("Bearer", "box-token");
        using HttpResponseMessage response = await http.SendAsync(request);
        JsonNode page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal(emulator.Id, ready["pid"]!.GetValue<int>());
        Assert.Equal(3, page["total_count"]!.GetValue<int>());
        Assert.NotEqual(ready["api"]!.GetValue<string>(), parentReady["api"]!.GetValue<string>());
        parent.Kill();
        using var timeout = new CancellationTokenSource(s_timeout);
        await emulator.WaitForExitAsync(timeout.Token);
        Assert.Equal(0, emulator.ExitCode);
        Assert.Equal("", await emulator.StandardOutput.ReadToEndAsync(timeout.Token));
    }

    [Fact]
    public async Task An_unknown_argument_is_an_error()
    {
        using Process emulator = Start("--prot", "1");
        string error = await emulator.StandardError.ReadToEndAsync();
        await emulator.WaitForExitAsync();

        Assert.Equal(2, emulator.ExitCode);
        Assert.Contains("--prot", error);
        Assert.Contains("--parent-pid", error);
    }

    [Fact]
    public async Task A_stopped_emulator_closes_its_ports()
    {
        Uri address;
        await using (EmulatorHost emulator = await EmulatorHost.StartAsync())
        {
            address = emulator.ApiUri;
        }

        using var socket = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(() => socket.ConnectAsync(IPAddress.Loopback, address.Port));
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "FileVersions.Emulator.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static async Task<JsonNode> Ready(Process emulator)
    {
        using var timeout = new CancellationTokenSource(s_timeout);
        return JsonNode.Parse(await emulator.StandardOutput.ReadLineAsync(timeout.Token) ?? await emulator.StandardError.ReadToEndAsync(timeout.Token))!;
    }
}
