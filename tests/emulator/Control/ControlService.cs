using System;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace FileVersions.Emulator.Control;

/// <summary>The emulator's own interface, below <c>/_emulator/</c>: it steers the services and tells what they have seen.</summary>
internal sealed class ControlService(Emulator emulator)
{
    internal async Task HandleAsync(HttpContext context, string target)
    {
        int query = target.IndexOf('?', StringComparison.Ordinal);
        string[] path = (query < 0 ? target : target[..query])["/_emulator/".Length..].Split('/');
        JsonNode? reply;
        try
        {
            reply = await AnswerAsync(context.Request, path);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or FormatException or InvalidOperationException)
        {
            context.Response.StatusCode = 400;
            reply = new JsonObject { ["message"] = e.Message };
        }

        if (reply is null)
        {
            context.Response.StatusCode = 404;
            reply = new JsonObject { ["message"] = "The emulator knows no " + context.Request.Method + " " + target };
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(reply.ToJsonString(), context.RequestAborted);
    }

    private async Task<JsonNode?> AnswerAsync(HttpRequest request, string[] path)
    {
        switch (request.Method, path)
        {
            case ("POST", ["reset"]):
                emulator.Reset();
                return Done();
            case ("GET", ["settings"]):
                return Settings();
            case ("PATCH", ["settings"]):
                emulator.Patch((await BodyAsync(request)).AsObject());
                return Settings();
            case ("GET", ["stats"]):
                return emulator.Stats.ToJson();
            case ("DELETE", ["stats"]):
                emulator.Stats.Reset();
                return Done();
            case ("GET", ["requests"]):
                return emulator.Stats.Last(request.Query.TryGetValue("last", out var last) ? int.Parse(last.ToString(), CultureInfo.InvariantCulture) : 100);
            default:
                return null;
        }
    }

    private static JsonObject Done() => new() { ["ok"] = true };

    private static async Task<JsonNode> BodyAsync(HttpRequest request) =>
        await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted) ?? throw new InvalidDataException("A body of JSON is needed.");

    private JsonNode Settings() => JsonSerializer.SerializeToNode(emulator.Settings, Emulator.Json)!;
}
