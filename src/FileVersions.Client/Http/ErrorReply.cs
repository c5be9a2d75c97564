using System;
using System.Text.Json;

namespace FileVersions.Http;

/// <summary>What an error reply says, whichever shape it has: JSON, a part of it, HTML, or nothing.</summary>
internal readonly struct ErrorReply
{
    /// <summary>The service's code, such as Box's <c>not_found</c> or OAuth's <c>invalid_grant</c>.</summary>
    internal string? Code { get; private init; }

    /// <summary>The service's words.</summary>
    internal string? Message { get; private init; }

    /// <summary>The id that the body names.</summary>
    internal string? RequestId { get; private init; }

    internal static ErrorReply Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return default;
            }

            return new ErrorReply
            {
                Code = Text(root, "code") ?? Text(root, "error") ?? Text(root, "reason"),
                Message = Details(root) ?? Text(root, "message") ?? Text(root, "error_description"),
                RequestId = Text(root, "request_id"),
            };
        }
        catch (JsonException)
        {
            // An error page of a proxy or a gateway: the status tells what there is to tell.
            return default;
        }
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? ShownId.Of(text)
            : null;

    // Box says "Not Found" or "Bad Request" at the top and what it means in the first of its details.
    private static string? Details(JsonElement root)
    {
        if (root.TryGetProperty("context_info", out JsonElement context) && context.ValueKind == JsonValueKind.Object
            && context.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array
            && errors.GetArrayLength() > 0 && errors[0].ValueKind == JsonValueKind.Object
            && Text(errors[0], "message") is { } detail)
        {
            return Text(root, "message") is { } message ? $"{message}: {detail}" : detail;
        }

        return null;
    }
}
