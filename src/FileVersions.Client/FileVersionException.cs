using System;
using System.Net;

namespace FileVersions;

/// <summary>The one exception of this library: what happened, to which file, and what the service said about it.</summary>
public sealed class FileVersionException : Exception
{
    /// <summary>Makes an error with its text.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">What happened, to which file, and what to do; complete sentences.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public FileVersionException(FileVersionErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
    }

    /// <summary>What went wrong.</summary>
    public FileVersionErrorKind Kind { get; }

    /// <summary>The file that the request was about, as the caller named it; null for an error about the account.</summary>
    public string? FileId { get; internal set; }

    /// <summary>The version that the request was about, or null.</summary>
    public string? VersionId { get; internal set; }

    /// <summary>The HTTP status of the reply; null when no complete reply came.</summary>
    public HttpStatusCode? StatusCode { get; internal set; }

    /// <summary>The service's own code, such as Box's <c>not_found</c>; null when it sent none.</summary>
    public string? ServiceCode { get; internal set; }

    /// <summary>The service's own words; null when it sent none.</summary>
    public string? ServiceMessage { get; internal set; }

    /// <summary>
    /// What the service's support asks for: ImageKit's <c>x-ik-requestId</c>; for Box the header <c>box-request-id</c> and the
    /// body's <c>request_id</c>, which are different ids, separated by a comma and a space.
    /// </summary>
    public string? RequestId { get; internal set; }

    /// <summary>How long the service asked to wait before the next try; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; internal set; }

    /// <summary>The service's clock, as its reply told it; null when it did not.</summary>
    internal DateTimeOffset? ServiceTime { get; set; }

    /// <summary>True when every further request of this account would fail alike.</summary>
    public bool ConcernsAccount => Kind is FileVersionErrorKind.NotConnected or FileVersionErrorKind.AuthenticationFailed;

    /// <summary>The same failure in words that tell more, with this one as its cause.</summary>
    internal FileVersionException Reworded(string message) => new(Kind, message, this)
    {
        FileId = FileId,
        VersionId = VersionId,
        StatusCode = StatusCode,
        ServiceCode = ServiceCode,
        ServiceMessage = ServiceMessage,
        RequestId = RequestId,
        RetryAfter = RetryAfter,
    };
}
