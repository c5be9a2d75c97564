using System.Text.Json;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.Box;

/// <summary>Box's error replies.</summary>
internal static class BoxErrors
{
    internal static Reply NotFound(string name, string value) =>
        Error(404, "not_found", "Not Found", "invalid_parameter", name, $"Invalid value '{value}'. '{name}' with value '{value}' not found");

    internal static Reply Trashed(string name, string id) => Error(404, "trashed", "Item is trashed", "trashed", name, $"'{name}' with value '{id}' is in the trash");

    internal static Reply Blocked() => Error(409, "operation_blocked_temporary", "The operation is blocked by another on-going operation");

    internal static Reply BadRequest(string name, string message) => Error(400, "bad_request", "Bad Request", "invalid_parameter", name, message);

    internal static Reply InvalidLimit(string value) =>
        Error(400, "invalid_limit", "Invalid limit", "invalid_parameter", "limit", $"Invalid value '{value}'. Expected a whole number above 0");

    internal static Reply InvalidOffset(string value, int ceiling) =>
        Error(400, "invalid_offset", "Invalid offset", "invalid_parameter", "offset", $"Invalid value '{value}'. Expected a whole number from 0 to {ceiling}");

    internal static Reply Retained(string code) => Error(403, code, "The version is under a retention policy");

    internal static Reply AccessDenied() => Error(403, "access_denied_insufficient_permissions", "Access denied - insufficient permission");

    internal static Reply MethodNotAllowed(string? allow = null)
    {
        Reply reply = Error(405, "method_not_allowed", "Method Not Allowed");
        return allow is null ? reply : reply.With("Allow", allow);
    }

    internal static Reply PreconditionFailed() => Error(412, "precondition_failed", "The resource has been modified. Please retrieve the resource again and retry");

    internal static Reply TooManyRequests(string retryAfter) =>
        OfStatus(429).With("Retry-After", retryAfter);

    /// <summary>401, and 403 for a missing scope, have no body.</summary>
    internal static Reply Challenge(int status, string? error = null, string? description = null)
    {
        string challenge = "Bearer realm=\"Service\"";
        challenge += error is null ? "" : $", error=\"{error}\"";
        challenge += description is null ? "" : $", error_description=\"{description}\"";
        return new Reply(status).With("WWW-Authenticate", challenge);
    }

    /// <summary>Box's default error reply for a status.</summary>
    internal static Reply OfStatus(int status) => status switch
    {
        401 => Challenge(401, "invalid_token", "The access token provided is invalid."),
        403 => AccessDenied(),
        404 => Error(404, "not_found", "Not Found"),
        405 => MethodNotAllowed(),
        412 => PreconditionFailed(),
        429 => Error(429, "rate_limit_exceeded", "Request rate limit exceeded, please try again later"),
        500 => Error(500, "internal_server_error", "Internal Server Error"),
        502 => Error(502, "bad_gateway", "Bad Gateway"),
        503 => Error(503, "unavailable", "Unavailable"),
        504 => Error(504, "gateway_timeout", "Gateway Timeout"),
        >= 400 => Error(status, "bad_request", "Bad Request"),
        _ => new Reply(status),
    };

    /// <summary>The folder already contains an item with that name. <c>conflicts</c> is an object for a file and an array for other items.</summary>
    internal static Reply NameInUse(BoxItemKey conflict) => Error(409, "item_name_in_use", "Item with the same name already exists", json =>
    {
        bool isFile = conflict.Kind == BoxItemKind.File;
        json.WritePropertyName("conflicts"u8);
        if (!isFile)
        {
            json.WriteStartArray();
        }

        json.WriteStartObject();
        json.WriteString("type"u8, conflict.Kind switch { BoxItemKind.File => "file", BoxItemKind.Folder => "folder", _ => "web_link" });
        json.WriteString("id"u8, conflict.Id);
        if (!isFile)
        {
            json.WriteString("sequence_id"u8, "0"u8);
            json.WriteString("etag"u8, "0"u8);
        }

        json.WriteString("name"u8, conflict.Name);
        json.WriteEndObject();
        if (!isFile)
        {
            json.WriteEndArray();
        }
    });

    private static Reply Error(int status, string code, string message, string reason, string name, string detail) => Error(status, code, message, json =>
    {
        json.WriteStartArray("errors"u8);
        json.WriteStartObject();
        json.WriteString("reason"u8, reason);
        json.WriteString("name"u8, name);
        json.WriteString("message"u8, detail);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    internal static Reply Error(int status, string code, string message, Action<Utf8JsonWriter>? writeContext = null)
    {
        var buffer = new PooledBuffer(512);
        using (var json = JsonText.Writer(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "error"u8);
            json.WriteNumber("status"u8, status);
            json.WriteString("code"u8, code);
            if (writeContext is not null)
            {
                json.WriteStartObject("context_info"u8);
                writeContext(json);
                json.WriteEndObject();
            }

            json.WriteString("help_url"u8, "http://developers.box.com/docs/#errors"u8);
            json.WriteString("message"u8, message);
            json.WriteString("request_id"u8, Ids.Next());
            json.WriteEndObject();
        }

        return new Reply(status, Reply.Json, buffer);
    }
}
