using System.Management.Automation;
using FileVersions.PS.Accounts;

namespace FileVersions.PS.Output;

/// <summary>Error records of the module: the id is the kind's name, the target the file.</summary>
internal static class ErrorRecords
{
    internal static ErrorRecord ToRecord(this FileVersionException exception, object? target) =>
        new(exception, exception.Kind.ToString(), CategoryOf(exception), target ?? exception.FileId);

    internal static ErrorRecord ToRecord(this NotConnectedException exception) =>
        new(exception, "NotConnected", ErrorCategory.AuthenticationError, targetObject: null);

    private static ErrorCategory CategoryOf(FileVersionException exception) => exception.Kind switch
    {
        FileVersionErrorKind.AuthenticationFailed => ErrorCategory.AuthenticationError,
        FileVersionErrorKind.AccessDenied => ErrorCategory.PermissionDenied,
        FileVersionErrorKind.FileVersionNotFound => ErrorCategory.ObjectNotFound,
        FileVersionErrorKind.InvalidConfiguration => ErrorCategory.InvalidArgument,
        FileVersionErrorKind.InvalidRequest => ErrorCategory.InvalidArgument,
        FileVersionErrorKind.Conflict => ErrorCategory.ResourceExists,
        FileVersionErrorKind.TargetExists => ErrorCategory.ResourceExists,
        FileVersionErrorKind.FileNotReadable => ErrorCategory.ReadError,
        FileVersionErrorKind.FileNotWritable => ErrorCategory.WriteError,
        FileVersionErrorKind.RateLimited => ErrorCategory.LimitsExceeded,
        FileVersionErrorKind.ServiceUnavailable => ErrorCategory.ResourceUnavailable,
        FileVersionErrorKind.RequestTimedOut => ErrorCategory.OperationTimeout,
        FileVersionErrorKind.ConnectionFailed => ErrorCategory.ConnectionError,
        FileVersionErrorKind.InvalidResponse => ErrorCategory.InvalidData,
        FileVersionErrorKind.ResultTruncated => ErrorCategory.LimitsExceeded,
        FileVersionErrorKind.AmbiguousHistory => ErrorCategory.InvalidResult,
        FileVersionErrorKind.FileNotTogether => ErrorCategory.InvalidArgument,
        FileVersionErrorKind.NoKeepRule => ErrorCategory.InvalidArgument,
        _ => ErrorCategory.NotSpecified,
    };
}
