using System;
using System.Collections.Generic;
using System.Net;
using System.Text;
using System.Text.Json;
using FileVersions.Json;

namespace FileVersions.Http;

/// <summary>What an error reply says, whichever shape it has: JSON, the beginning of it, a web page, or nothing.</summary>
internal readonly struct ErrorReply
{
    private const int LongestMessage = 400;

    // As far as a web page is looked into for its title.
    private const int LongestHead = 16 * 1024;

    /// <summary>The service's code, such as Box's <c>not_found</c> or OAuth's <c>invalid_grant</c>.</summary>
    internal string? Code { get; private init; }

    /// <summary>The service's words; of a web page its title.</summary>
    internal string? Message { get; private init; }

    /// <summary>The id that the body names.</summary>
    internal string? RequestId { get; private init; }

    /// <summary>Reads the body of an error reply.</summary>
    /// <param name="body">The body.</param>
    /// <param name="redaction">Takes secrets out.</param>
    internal static ErrorReply Parse(ReadOnlyMemory<byte> body, Redaction redaction)
    {
        if (PageTitle(body, redaction) is { } title)
        {
            return new ErrorReply { Message = title };
        }

        Dictionary<string, string> texts = ReadTexts(body);
        string? message = Text(texts, "message", LongestMessage, redaction);
        string? detail = Text(texts, DetailKey, LongestMessage, redaction);
        return new ErrorReply
        {
            Code = Text(texts, "code", 0, redaction) ?? Text(texts, "error", 0, redaction) ?? Text(texts, "reason", 0, redaction),
            Message = detail is null || detail == message ? message ?? Text(texts, "error_description", LongestMessage, redaction)
                : message is null ? detail : $"{message}: {detail}",
            RequestId = Text(texts, "request_id", 0, redaction),
        };
    }

    /// <summary>The title of a body that is a web page, such as a gateway's or a sign-in page; empty where it has none, null where it is no page.</summary>
    internal static string? PageTitle(ReadOnlyMemory<byte> body, Redaction redaction)
    {
        string head = Encoding.UTF8.GetString(JsonBytes.WithoutMark(body.Span.Slice(0, Math.Min(body.Length, LongestHead))).ToArray()).TrimStart();
        if (head.Length == 0 || head[0] != '<')
        {
            return null;
        }

        int start = head.IndexOf("<title", StringComparison.OrdinalIgnoreCase);
        start = start < 0 ? -1 : head.IndexOf('>', start);
        int end = start < 0 ? -1 : head.IndexOf("</", start, StringComparison.Ordinal);
        return end < 0 ? string.Empty : ShownText.Of(redaction.Apply(WebUtility.HtmlDecode(head.Substring(start + 1, end - start - 1))));
    }

    private const string DetailKey = "context_info.message";

    private static string? Text(Dictionary<string, string> texts, string name, int longest, Redaction redaction)
    {
        if (!texts.TryGetValue(name, out string? text))
        {
            return null;
        }

        string shown = longest == 0 ? ShownText.Of(redaction.Apply(text)) : ShownText.Of(redaction.Apply(text), longest);
        return shown.Length == 0 ? null : shown;
    }

    /// <summary>The texts at the top, and the first of Box's details, as far as the body can be read.</summary>
    private static Dictionary<string, string> ReadTexts(ReadOnlyMemory<byte> body)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(JsonBytes.WithoutMark(body.Span));
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

                    // Box says "Not Found" or "Bad Request" at the top and what it means in context_info.errors[0].message.
                    case JsonTokenType.String when reader.CurrentDepth == 4 && top == "context_info" && name == "message" && !texts.ContainsKey(DetailKey):
                        texts[DetailKey] = reader.GetString()!;
                        break;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A body that was cut, or is no JSON: what was read before counts, and the status tells the rest.
        }

        return texts;
    }
}
