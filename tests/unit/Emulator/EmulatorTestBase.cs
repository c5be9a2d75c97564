using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FileVersions.Emulator;

namespace FileVersions.UnitTests.Emulator;

/// <summary>A separate emulator for each test, and a client that does not follow redirects.</summary>
[SuppressMessage("Design", "CA1001", Justification = "DisposeAsync disposes what it owns.")]
public abstract class EmulatorTestBase : IAsyncLifetime
{
    protected const string BoxToken = "box-token";
    protected const string IkKey = "private_test";

    private EmulatorHost? _emulator;
    private HttpClient? _http;

    protected EmulatorHost Emulator => _emulator!;

    protected HttpClient Http => _http!;

    public async Task InitializeAsync()
    {
        _emulator = await EmulatorHost.StartAsync();
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = _emulator.ApiUri, Timeout = TimeSpan.FromSeconds(30) };
    }

    public async Task DisposeAsync()
    {
        _http?.Dispose();
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }

    protected static HttpRequestMessage Box(HttpMethod method, string path, string? json = null, string token = BoxToken)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        return request;
    }

    protected static HttpRequestMessage Ik(HttpMethod method, string path, string key = IkKey)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":")));
        return request;
    }

    protected static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : "";

    protected static async Task<JsonNode> JsonOf(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    protected static string[] Ids(JsonNode versions) => [.. versions.AsArray().Select(version => version!["id"]!.GetValue<string>())];

    /// <summary>The ids in a list of ImageKit versions.</summary>
    protected static string[] VersionIds(JsonNode list) => [.. list.AsArray().Select(version => version!["versionInfo"]!["id"]!.GetValue<string>())];

    protected Task<HttpResponseMessage> GetBox(string path, string token = BoxToken) => Http.SendAsync(Box(HttpMethod.Get, path, token: token));

    protected Task<HttpResponseMessage> GetIk(string path, string key = IkKey) => Http.SendAsync(Ik(HttpMethod.Get, path, key));

    protected async Task<JsonNode> BoxJson(string path)
    {
        using HttpResponseMessage response = await GetBox(path);
        response.EnsureSuccessStatusCode();
        return await JsonOf(response);
    }

    protected async Task<JsonNode> IkJson(string path)
    {
        using HttpResponseMessage response = await GetIk(path);
        response.EnsureSuccessStatusCode();
        return await JsonOf(response);
    }

    protected async Task<JsonNode> Control(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, "/_emulator/" + path);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await Http.SendAsync(request);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonNode.Parse(body)!;
    }

    protected Task<JsonNode> Settings(string json) => Control(HttpMethod.Patch, "settings", json);

    protected Task<JsonNode> Faults(string json) => Control(HttpMethod.Post, "faults", json);

    /// <summary>A value of the statistics, such as <c>box.inFlight</c>.</summary>
    protected async Task<long> Stat(string path)
    {
        JsonNode? node = await Control(HttpMethod.Get, "stats");
        foreach (string part in path.Split('.'))
        {
            node = node?[part];
        }

        return node?.GetValue<long>() ?? 0;
    }

    /// <summary>Waits up to ten seconds until a statistic has a value.</summary>
    protected async Task StatBecomes(string path, long expected)
    {
        var waited = Stopwatch.StartNew();
        long value;
        while ((value = await Stat(path)) != expected)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(10), $"{path} is {value}, not {expected}.");
            await Task.Delay(5);
        }
    }

    /// <summary>The id of a generated ImageKit file with four versions.</summary>
    protected async Task<string> FileWhere(bool isPrivate, string? extension = null)
    {
        for (int i = 0; ; i++)
        {
            string fileId = "n004-" + i;
            JsonNode file = await Control(HttpMethod.Get, "files/ik/" + fileId);
            if (file["private"]!.GetValue<bool>() == isPrivate && (extension is null || file["path"]!.GetValue<string>().EndsWith(extension, StringComparison.Ordinal)))
            {
                return fileId;
            }
        }
    }
}
