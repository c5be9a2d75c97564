using System.Net;
using System.Text;
using System.Text.Json;
using FileVersions.Json;

namespace FileVersions.Http.Errors;

/// <summary>What the body of an error response says. It may be JSON, truncated JSON, a web page or empty.</summary>
internal readonly struct ErrorBody
{
    private const int MaxMessageLength = 400;

    private const string DetailKey = "context_info.message";

    // The title of a web page is searched for in this many bytes.
    private const int MaxPageHeadLength = 16 * 1024;

    /// <summary>The service's code, such as Box's <c>not_found</c> or OAuth's <c>invalid_grant</c>.</summary>
    internal string? Code { get; private init; }

    /// <summary>The service's message; the title if the body is a web page.</summary>
    internal string? Message { get; private init; }

    internal string? RequestId { get; private init; }

    /// <summary>Reads the body of an error response, and removes secrets from it.</summary>
    internal static ErrorBody Parse(ReadOnlyMemory<byte> body, Redaction redaction)
    {
        if (PageTitle(body, redaction) is { } title)
        {
            return new ErrorBody { Message = title };
        }

        Dictionary<string, string> texts = ReadTexts(body);
        string? message = Message("message");
        string? detail = Message(DetailKey);
        return new ErrorBody
        {
            Code = Text("code") ?? Text("error") ?? Text("reason"),
            Message = detail is null || detail == message ? message ?? Message("error_description")
                : message is null ? detail : $"{message}: {detail}",
            RequestId = Text("request_id"),
        };

        string? Message(string name) => Text(name, MaxMessageLength);

        string? Text(string name, int maxLength = DisplayText.MaxLength) =>
            texts.TryGetValue(name, out string? text) && DisplayText.Of(redaction.Apply(text), maxLength) is { Length: > 0 } shown ? shown : null;
    }

    /// <summary>The title of a web page, such as the page of a gateway; empty if the page has no title, null if the body is not a web page.</summary>
    internal static string? PageTitle(ReadOnlyMemory<byte> body, Redaction redaction)
    {
        string head = Encoding.UTF8.GetString(JsonBytes.WithoutMark(body.Slice(0, Math.Min(body.Length, MaxPageHeadLength))).ToArray()).TrimStart();
        if (head.Length == 0 || head[0] != '<')
        {
            return null;
        }

        int start = head.IndexOf("<title", StringComparison.OrdinalIgnoreCase);
        start = start < 0 ? -1 : head.IndexOf('>', start);
        int end = start < 0 ? -1 : head.IndexOf("</", start, StringComparison.Ordinal);
        return end < 0 ? string.Empty : DisplayText.Of(redaction.Apply(WebUtility.HtmlDecode(head.Substring(start + 1, end - start - 1))));
    }

    /// <summary>The strings at the top level and Box's first detail, as far as the body can be read.</summary>
    private static Dictionary<string, string> ReadTexts(ReadOnlyMemory<byte> body)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(JsonBytes.WithoutMark(body).Span);
            string top = string.Empty;
            string name = string.Empty;
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return texts;
            }

            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = reader.GetString()!;
                        top = reader.CurrentDepth == 1 ? name : top;
                        break;
                    case JsonTokenType.String when reader.CurrentDepth == 1:
                        texts[name] = reader.GetString()!;
                        break;

                    // Box's top-level message only says "Not Found" or "Bad Request". The explanation is context_info.errors[0].message.
                    case JsonTokenType.String when reader.CurrentDepth == 4 && top == "context_info" && name == "message" && !texts.ContainsKey(DetailKey):
                        texts[DetailKey] = reader.GetString()!;
                        break;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The body is truncated or not JSON. What was read so far is still useful.
        }

        return texts;
    }
}
