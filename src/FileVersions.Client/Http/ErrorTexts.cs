using System;
using System.Collections.Generic;
using System.Globalization;

namespace FileVersions.Http;

/// <summary>Puts the texts of errors together.</summary>
internal static class ErrorTexts
{
    /// <summary>The text for a refused request: {0} what it is about, {1} the service, {2} status, code and ids, {3} the service's words, {4} what to do.</summary>
    internal static string For(FileVersionErrorKind kind) => kind switch
    {
        FileVersionErrorKind.AuthenticationFailed => Texts.AuthenticationFailed,
        FileVersionErrorKind.AccessDenied => Texts.AccessDenied,
        FileVersionErrorKind.FileVersionNotFound => Texts.NotFound,
        FileVersionErrorKind.RateLimited => Texts.RateLimited,
        FileVersionErrorKind.ServiceUnavailable => Texts.ServiceUnavailable,
        FileVersionErrorKind.InvalidResponse => Texts.UnexpectedStatus,
        _ => Texts.RequestRefused,
    };

    /// <summary>What to do about a refused request; a refused sign-in has advice of its own.</summary>
    internal static string Advice(FileVersionErrorKind kind, string? code, TimeSpan? wait) => kind switch
    {
        FileVersionErrorKind.AccessDenied when code == "insufficient_scope" => Texts.AdviceScope,
        FileVersionErrorKind.AccessDenied => Texts.AdviceAccess,
        FileVersionErrorKind.FileVersionNotFound => Texts.AdviceNotFound,
        FileVersionErrorKind.RateLimited when wait is { } longest && !RetryPlan.IsBearable(longest) =>
            string.Format(CultureInfo.CurrentCulture, Texts.AdviceLongWait, longest.TotalSeconds, RetryPlan.LongestTotal.TotalSeconds),
        FileVersionErrorKind.RateLimited => Texts.AdviceRateLimited,
        FileVersionErrorKind.ServiceUnavailable => Texts.AdviceUnavailable,
        FileVersionErrorKind.InvalidResponse => Texts.AdviceUnexpectedStatus,
        _ => Texts.AdviceRefused,
    };

    /// <summary>"version '1' of file '2'", "file '2'" or "the account".</summary>
    internal static string Subject(string? fileId, string? versionId)
    {
        if (fileId is null)
        {
            return Texts.SubjectAccount;
        }

        return versionId is null
            ? string.Format(CultureInfo.CurrentCulture, Texts.SubjectFile, ShownText.OfId(fileId))
            : string.Format(CultureInfo.CurrentCulture, Texts.SubjectVersion, ShownText.OfId(fileId), ShownText.OfId(versionId));
    }

    /// <summary>"404 Not Found, not_found, request id 1, 2".</summary>
    internal static string Reference(int status, string? reason, string? code, string? requestId, string? attempt)
    {
        var parts = new List<string>
        {
            string.IsNullOrEmpty(reason) ? status.ToString(CultureInfo.InvariantCulture) : $"{status.ToString(CultureInfo.InvariantCulture)} {reason}",
        };
        if (code is not null)
        {
            parts.Add(code);
        }

        if (requestId is not null)
        {
            parts.Add(string.Format(CultureInfo.CurrentCulture, Texts.RequestIdText, requestId));
        }

        if (attempt is not null)
        {
            parts.Add(attempt);
        }

        return string.Join(", ", parts);
    }

    /// <summary>" Box says: Not Found.", or nothing.</summary>
    internal static string Says(string service, string? said) =>
        string.IsNullOrEmpty(said) ? string.Empty : string.Format(CultureInfo.CurrentCulture, Texts.ServiceSays, service, Sentence(said!));

    /// <summary>A text as a sentence of a message.</summary>
    internal static string Sentence(string text)
    {
        string shown = ShownText.Of(text, 400);
        return shown.Length > 0 && shown[shown.Length - 1] is '.' or '!' or '?' or '…' ? shown : shown + ".";
    }
}
