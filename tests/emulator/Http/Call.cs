using System.Text.Json;
using FileVersions.Emulator.Stats;
using Microsoft.Extensions.Primitives;

namespace FileVersions.Emulator.Http;

/// <summary>A request that is being processed.</summary>
internal sealed class Call
{
    internal Call(HttpContext context, Exchange exchange, EmulatorSettings settings)
    {
        Context = context;
        Exchange = exchange;
        Settings = settings;
        int query = exchange.Target.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? exchange.Target : exchange.Target[..query];
        Segments = path.TrimStart('/').Split('/');
        for (int i = 0; i < Segments.Length; i++)
        {
            Segments[i] = Uri.UnescapeDataString(Segments[i]);
        }

        (exchange.Kind, exchange.FileId) = Route.Of(exchange.Service, exchange.Method, Segments);
    }

    internal HttpContext Context { get; }

    internal Exchange Exchange { get; }

    internal EmulatorSettings Settings { get; }

    /// <summary>The segments of the path, each decoded separately, so escaped slashes and dot segments are preserved.</summary>
    internal string[] Segments { get; }

    internal string Method => Exchange.Method;

    internal DateTimeOffset Now => Settings.Now();

    internal bool AcceptsGzip => Settings.Gzip && (Exchange.AcceptEncoding?.Contains("gzip", StringComparison.OrdinalIgnoreCase) ?? false);

    /// <summary>The value of a query parameter, or null if it was not sent.</summary>
    internal string? Query(string name) => Context.Request.Query.TryGetValue(name, out StringValues value) ? value.ToString() : null;

    internal string? Header(string name) => Context.Request.Headers.TryGetValue(name, out StringValues value) ? value.ToString() : null;

    /// <summary>The body if it is a JSON object, otherwise null.</summary>
    internal async Task<JsonElement?> ReadObjectAsync()
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(await ReadBodyAsync());
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal async Task<byte[]> ReadBodyAsync()
    {
        using var body = new MemoryStream();
        await Context.Request.Body.CopyToAsync(body, Context.RequestAborted);
        return body.ToArray();
    }
}
