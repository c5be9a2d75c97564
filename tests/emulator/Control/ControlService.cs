using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FileVersions.Emulator.Faults;
using FileVersions.Emulator.Stats;
using Microsoft.Extensions.Primitives;

namespace FileVersions.Emulator.Control;

/// <summary>The emulator's own interface, below <c>/_emulator/</c>: it controls the services and reports what they received.</summary>
internal sealed class ControlService(Emulator emulator)
{
    private readonly FileControl _files = new(emulator);
    private readonly FolderControl _folders = new(emulator);

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
            reply = new JsonObject { ["message"] = "The emulator has no " + context.Request.Method + " " + target };
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
            case ("POST", ["faults"]):
                JsonNode rules = await BodyAsync(request);
                emulator.Faults.Set(rules is JsonArray ? Read<FaultRule[]>(rules) : [Read<FaultRule>(rules)]);
                return Done();
            case ("DELETE", ["faults"]):
                emulator.Faults.Set([]);
                return Done();
            case ("POST", ["files"]):
                JsonNode files = await BodyAsync(request);
                return files is JsonArray ? new JsonArray([.. Read<FileSeed[]>(files).Select(_files.Seed)]) : _files.Seed(Read<FileSeed>(files));
            case ("POST", ["folders"]):
                return _folders.Seed(Read<FolderSeed>(await BodyAsync(request)));
            case ("POST", ["events"]):
                return new EventControl(emulator).Seed(Read<EventsSeed>(await BodyAsync(request)));
            case ("POST", ["dataset"]):
                return new DataSetControl(emulator).Load(Read<DataSetRequest>(await BodyAsync(request)));
            case ("GET", ["folders", _]):
                return _folders.Describe(path[1]);
            case ("GET", ["files", "box", _]):
                return _files.Describe(Service.Box, Uri.UnescapeDataString(path[2]));
            case ("GET", ["library"]):
                return _files.DescribeLibrary(request.Query.TryGetValue("folder", out StringValues folder) ? folder.ToString() : "/");
            case ("GET", ["files", "ik", _]):
                return _files.Describe(Service.Ik, Uri.UnescapeDataString(path[2]));
            case ("DELETE", ["files", "box", _, "versions", _]):
                return emulator.BoxFiles.Purge(path[2], path[4], emulator.Settings) ? Done() : null;
            case ("GET", ["box-config"]):
                return emulator.AppKey.Config(withKey: request.Query["kind"] != "ccg");
            case ("DELETE", ["tokens"]):
                emulator.Tokens.ExpireAll();
                return Done();
            default:
                return null;
        }
    }

    private static JsonObject Done() => new() { ["ok"] = true };

    private static async Task<JsonNode> BodyAsync(HttpRequest request) =>
        await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted) ?? throw new InvalidDataException("A JSON body is required.");

    private static T Read<T>(JsonNode json) => json.Deserialize<T>(Emulator.Json) ?? throw new InvalidDataException("A JSON body is required.");

    private JsonNode Settings() => JsonSerializer.SerializeToNode(emulator.Settings, Emulator.Json)!;
}
