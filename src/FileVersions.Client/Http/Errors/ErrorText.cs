using System.Net;
using FileVersions.Http.Pipeline;

namespace FileVersions.Http.Errors;

/// <summary>
/// The wording of errors. A message has one sentence that says what failed, for which file and why, one that says what to do, and
/// a line with the status, the service's code and its request id.
/// </summary>
internal static class ErrorText
{
    private const int MaxReasonLength = 400;

    /// <summary>Names a file or version in a sentence: "version '1' of file '2'", "file '2'" or, without ids, "the account".</summary>
    internal static string Subject(string? fileId, string? versionId)
    {
        if (fileId is null)
        {
            return Texts.HttpSubjectAccount;
        }

        return versionId is null
            ? Texts.HttpSubjectFile.FormatWith(DisplayText.OfId(fileId))
            : Texts.HttpSubjectVersion.FormatWith(DisplayText.OfId(fileId), DisplayText.OfId(versionId));
    }

    /// <summary>Ends a text from outside with a full stop, unless it already ends a sentence.</summary>
    internal static string Sentence(string text)
    {
        string shown = DisplayText.Of(text, MaxReasonLength);
        return shown.Length > 0 && shown[shown.Length - 1] is '.' or '!' or '?' or '…' ? shown : shown + ".";
    }

    /// <summary>Joins what failed, why, what to do, and the line of details. Parts that are null or empty are left out.</summary>
    internal static string Join(string what, string? why, string advice, string? details)
    {
        string sentence = string.IsNullOrEmpty(why) ? what + "." : $"{what}: {Sentence(why!)}";
        return string.IsNullOrEmpty(details) ? $"{sentence} {advice}" : $"{sentence} {advice}\n{details}";
    }

    /// <summary>What failed, for a response with an error status.</summary>
    internal static string What(FileVersionErrorKind kind, int status, ErrorContext context)
    {
        string format = kind switch
        {
            FileVersionErrorKind.InvalidResponse => Texts.HttpUnexpectedStatus,
            FileVersionErrorKind.AuthenticationFailed => Texts.HttpAuthenticationFailed,
            FileVersionErrorKind.AccessDenied => Texts.HttpAccessDenied,
            FileVersionErrorKind.FileVersionNotFound => Texts.HttpNotFound,
            FileVersionErrorKind.Conflict => Texts.HttpConflict,
            FileVersionErrorKind.RateLimited => Texts.HttpRateLimited,
            FileVersionErrorKind.RequestTimedOut => Texts.HttpServerTimedOut,
            FileVersionErrorKind.ServiceUnavailable => Texts.HttpServiceUnavailable,
            FileVersionErrorKind.ConnectionFailed => Texts.HttpProxyRefused,
            _ => Texts.HttpRequestRejected,
        };
        string peer = status == (int)HttpStatusCode.ProxyAuthenticationRequired ? context.Peer : context.Service;
        return format.FormatWith(peer, context.Subject);
    }

    /// <summary>What to do about an error, where the service gives no better advice.</summary>
    internal static string Advice(FileVersionErrorKind kind, TimeSpan? serverDelay) => kind switch
    {
        _ when serverDelay is { } delay && delay > RetryPolicy.MaxTotalDelay =>
            Texts.HttpAdviceLongDelay.FormatWith(delay.TotalSeconds, RetryPolicy.MaxTotalDelay.TotalSeconds),
        FileVersionErrorKind.AuthenticationFailed => Texts.HttpAdviceCredential,
        FileVersionErrorKind.AccessDenied => Texts.HttpAdviceAccess,
        FileVersionErrorKind.FileVersionNotFound => Texts.HttpAdviceNotFound,
        FileVersionErrorKind.Conflict => Texts.HttpAdviceConflict,
        FileVersionErrorKind.RateLimited => Texts.HttpAdviceRateLimited,
        FileVersionErrorKind.ServiceUnavailable => Texts.HttpAdviceUnavailable,
        FileVersionErrorKind.RequestTimedOut => Texts.HttpAdviceTimedOut,
        FileVersionErrorKind.ConnectionFailed => Texts.HttpAdviceConnection,
        FileVersionErrorKind.InvalidResponse => Texts.HttpAdviceInvalidResponse,
        _ => Texts.HttpAdviceRejected,
    };

    /// <summary>The last line: "Status: 404 (Not Found), code: not_found, request id: 1, attempts: 2".</summary>
    /// <returns>The line; null if it would be empty. Values that are null are left out, as is the number of attempts if there was only one.</returns>
    internal static string? Details(int? status, string? reasonPhrase, string? code, string? requestId, int attempts)
    {
        var parts = new List<string>();
        if (status is { } number)
        {
            parts.Add(Texts.HttpStatus.FormatWith(string.IsNullOrEmpty(reasonPhrase) ? $"{number}" : $"{number} ({reasonPhrase})"));
        }

        AddIf(code is not null, Texts.HttpCode, code);
        AddIf(requestId is not null, Texts.HttpRequestId, requestId);
        AddIf(attempts > 1, Texts.HttpAttempts, attempts);
        string line = string.Join(", ", parts);
        return line.Length == 0 ? null : char.ToUpperInvariant(line[0]) + line.Substring(1);

        void AddIf(bool isKnown, string format, object? value)
        {
            if (isKnown)
            {
                parts.Add(format.FormatWith(value));
            }
        }
    }
}
