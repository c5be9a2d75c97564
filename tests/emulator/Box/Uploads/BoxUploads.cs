using System.Text.Json;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;
using FileVersions.Emulator.Limits;
using FileVersions.Emulator.Stats;
using FileVersions.Emulator.Uploads;

namespace FileVersions.Emulator.Box;

/// <summary>Box's upload host, below <c>/api/2.0</c>: new versions in one request, and upload sessions.</summary>
internal sealed class BoxUploads(BoxVersionUpload versions, BoxUploadSessions sessions, SlidingWindowLimiter limiter, UploadStats stats)
{
    internal async ValueTask<Reply> HandleAsync(Call call, Account account)
    {
        if (call.Settings.BoxUploadRateLimit is { } limit && limiter.TryEnter(account.Id, limit) is { } wait)
        {
            return BoxErrors.TooManyRequests(limit.RetryAfter(wait));
        }

        string[] path = call.Segments;
        return call.Exchange.Kind switch
        {
            "upload" => await UploadAsync(call, account, path[3]),
            "session-create" => await sessions.CreateAsync(call, account, path[3]),
            "session" => sessions.Status(call, account, path[4]),
            "session-parts" => sessions.Parts(call, account, path[4]),
            "session-part" => await sessions.UploadPartAsync(call, account, path[4]),
            "session-commit" => await sessions.CommitAsync(call, account, path[4]),
            "session-abort" => sessions.Abort(call, account, path[4]),
            _ => path switch
            {
                ["api", "2.0", "files", _, "content" or "upload_sessions"] or ["api", "2.0", "files", "upload_sessions", _, "commit"] => BoxErrors.MethodNotAllowed("POST"),
                ["api", "2.0", "files", "upload_sessions", _] => BoxErrors.MethodNotAllowed("GET, PUT, DELETE"),
                ["api", "2.0", "files", "upload_sessions", _, "parts"] => BoxErrors.MethodNotAllowed("GET"),
                _ => new Reply(404),
            },
        };
    }

    private async Task<Reply> UploadAsync(Call call, Account account, string fileId)
    {
        if (versions.Refuse(call, fileId, newName: null) is { } refused)
        {
            return refused;
        }

        if (FormReader.Of(call) is not { } form || await form.NextAsync() is not { } first)
        {
            return BoxErrors.BadRequest("file", "Expected a form with the parts attributes and file");
        }

        if (first.Name != "attributes")
        {
            return BoxUploadErrors.MetadataAfterContents();
        }

        if (Parse(await first.ReadTextAsync(call.Context.RequestAborted), out BoxUploadAttributes attributes) is { } invalid)
        {
            return invalid;
        }

        if (versions.Refuse(call, fileId, attributes.Name) is { } conflict)
        {
            return conflict;
        }

        if (await form.NextAsync() is not { Name: "file" } file)
        {
            return BoxErrors.BadRequest("file", "Expected a part named file");
        }

        if (await ReceivedContent.ReadAsync(file.Body, call.Settings.BoxUploadLimit, call.Settings.KeptUploadSize, call.Context.RequestAborted) is not { } content)
        {
            return BoxUploadErrors.TooLarge();
        }

        // A truncated body fails here, before anything is stored.
        while (await form.NextAsync() is not null)
        {
        }

        stats.Received(content.Size);
        if (call.Header("Content-MD5") is { } digest && !digest.Equals(content.Sha1, StringComparison.OrdinalIgnoreCase))
        {
            return BoxUploadErrors.BadDigest();
        }

        return versions.Make(call, account, fileId, content, attributes, out _);
    }

    private static Reply? Parse(string text, out BoxUploadAttributes attributes)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return BoxUploadAttributes.Read(json.RootElement, out attributes);
        }
        catch (JsonException)
        {
            attributes = BoxUploadAttributes.None;
            return BoxErrors.BadRequest("attributes", "Expected JSON");
        }
    }
}
