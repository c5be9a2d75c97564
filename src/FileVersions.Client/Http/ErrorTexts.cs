using System.Globalization;

namespace FileVersions.Http;

/// <summary>Puts the texts of errors together.</summary>
internal static class ErrorTexts
{
    /// <summary>The text for a refused request: {0} what it is about, {1} the service, {2} status, {3} the service's words, {4} its code and ids.</summary>
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

    /// <summary>"version 1 of file 2", "file 2" or "the account".</summary>
    internal static string Subject(string? fileId, string? versionId)
    {
        if (fileId is null)
        {
            return Texts.SubjectAccount;
        }

        return versionId is null
            ? string.Format(CultureInfo.CurrentCulture, Texts.SubjectFile, ShownId.Of(fileId))
            : string.Format(CultureInfo.CurrentCulture, Texts.SubjectVersion, ShownId.Of(fileId), ShownId.Of(versionId));
    }

    /// <summary>" (code, request id)", or nothing.</summary>
    internal static string Reference(string? code, string? requestId)
    {
        if (code is null && requestId is null)
        {
            return string.Empty;
        }

        string id = requestId is null ? string.Empty : string.Format(CultureInfo.CurrentCulture, Texts.RequestIdText, requestId);
        return code is null ? $" ({id})" : requestId is null ? $" ({code})" : $" ({code}; {id})";
    }
}
