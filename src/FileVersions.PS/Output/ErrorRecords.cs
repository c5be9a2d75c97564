using System.Net;

namespace FileVersions.PS.Output;

/// <summary>Creates error records: the id is the name of the kind, and the target is the file. Advice about parameters is added to the message.</summary>
internal static class ErrorRecords
{
    internal static ErrorRecord ToRecord(this FileVersionException exception, object? target)
    {
        var record = new ErrorRecord(exception, exception.Kind.ToString(), CategoryOf(exception.Kind), target ?? exception.FileId);
        if (AdviceFor(exception) is { } advice)
        {
            record.ErrorDetails = new ErrorDetails(AddAdvice(exception.Message, advice)) { RecommendedAction = advice };
        }

        return record;
    }

    /// <summary>Adds a sentence to the first line of a message; the second line, if any, has status, code and request id.</summary>
    private static string AddAdvice(string message, string advice)
    {
        int end = message.IndexOf('\n');
        return end < 0 ? $"{message} {advice}" : $"{message.Substring(0, end).TrimEnd()} {advice}{message.Substring(end)}";
    }

    private static string? AdviceFor(FileVersionException exception) => exception.Kind switch
    {
        FileVersionErrorKind.RateLimited => Texts.AdviceRateLimited,
        FileVersionErrorKind.RequestTimedOut => Texts.AdviceRequestTimedOut,
        FileVersionErrorKind.ConnectionFailed when exception.StatusCode == HttpStatusCode.ProxyAuthenticationRequired => Texts.AdviceProxy,

        // Only a version can replace a file. An export has no file id and does not replace anything.
        FileVersionErrorKind.TargetExists when exception.FileId is not null => Texts.AdviceTargetExists,
        FileVersionErrorKind.NoKeepRule => Texts.AdviceNoKeepRule,
        FileVersionErrorKind.AmbiguousHistory => Texts.AdviceAmbiguousHistory,
        _ => null,
    };

    private static ErrorCategory CategoryOf(FileVersionErrorKind kind) => kind switch
    {
        FileVersionErrorKind.NotConnected or FileVersionErrorKind.AuthenticationFailed => ErrorCategory.AuthenticationError,
        FileVersionErrorKind.AccessDenied => ErrorCategory.PermissionDenied,
        FileVersionErrorKind.FileVersionNotFound => ErrorCategory.ObjectNotFound,
        FileVersionErrorKind.InvalidConfiguration or FileVersionErrorKind.InvalidRequest
            or FileVersionErrorKind.FileNotTogether or FileVersionErrorKind.NoKeepRule => ErrorCategory.InvalidArgument,
        FileVersionErrorKind.Conflict or FileVersionErrorKind.TargetExists => ErrorCategory.ResourceExists,
        FileVersionErrorKind.FileNotReadable => ErrorCategory.ReadError,
        FileVersionErrorKind.FileNotWritable => ErrorCategory.WriteError,
        FileVersionErrorKind.RateLimited or FileVersionErrorKind.ResultTruncated => ErrorCategory.LimitsExceeded,
        FileVersionErrorKind.ServiceUnavailable => ErrorCategory.ResourceUnavailable,
        FileVersionErrorKind.RequestTimedOut => ErrorCategory.OperationTimeout,
        FileVersionErrorKind.ConnectionFailed => ErrorCategory.ConnectionError,
        FileVersionErrorKind.InvalidResponse => ErrorCategory.InvalidData,
        FileVersionErrorKind.AmbiguousHistory => ErrorCategory.InvalidResult,
        _ => ErrorCategory.NotSpecified,
    };
}
