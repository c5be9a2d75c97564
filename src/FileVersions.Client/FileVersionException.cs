using System.Net;

namespace FileVersions;

/// <summary>The only exception that this library throws, apart from cancellation and programming errors. Immutable.</summary>
public sealed class FileVersionException : Exception
{
    /// <summary>Creates an error.</summary>
    /// <param name="kind">The kind of error.</param>
    /// <param name="message">What failed, for which file, why, and what to do; complete sentences.</param>
    /// <param name="innerException">The cause; null if there is none.</param>
    public FileVersionException(FileVersionErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
    }

    // A copy with another message has the original as its cause.
    private FileVersionException(FileVersionException original, string message)
        : this(original.Kind, message, original)
    {
        FileId = original.FileId;
        VersionId = original.VersionId;
        StatusCode = original.StatusCode;
        ServiceCode = original.ServiceCode;
        ServiceMessage = original.ServiceMessage;
        RequestId = original.RequestId;
        RetryAfter = original.RetryAfter;
    }

    /// <summary>The kind of error.</summary>
    public FileVersionErrorKind Kind { get; }

    /// <summary>The file, as the caller named it; null for an error about the account.</summary>
    public string? FileId { get; init; }

    /// <summary>The version; null for an error about the file or the account.</summary>
    public string? VersionId { get; init; }

    /// <summary>The HTTP status of the response; null if there was no complete response.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>The service's own code, such as Box's <c>not_found</c>; null if there is none.</summary>
    public string? ServiceCode { get; init; }

    /// <summary>The service's own message; null if there is none.</summary>
    public string? ServiceMessage { get; init; }

    /// <summary>
    /// The request id, which the service's support asks for; null if there is none. For Box, the header <c>box-request-id</c> and the body's
    /// <c>request_id</c>, which differ, separated by a comma.
    /// </summary>
    public string? RequestId { get; init; }

    /// <summary>The delay that the service asked for before another attempt; null if it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the error is about the account, so that every further request would fail in the same way.</summary>
    public bool IsAccountError =>
        Kind is FileVersionErrorKind.NotConnected or FileVersionErrorKind.InvalidConfiguration or FileVersionErrorKind.AuthenticationFailed;

    /// <summary>The time of the service, from the response; null if unknown.</summary>
    internal DateTimeOffset? ServiceTime { get; init; }

    internal FileVersionException WithMessage(string message) => new(this, message);

    /// <summary>Returns a copy with another sentence before the details of the response, which are on a line of their own.</summary>
    internal FileVersionException WithSentence(string sentence)
    {
        int details = Message.IndexOf('\n');
        return WithMessage(Message.Insert(details < 0 ? Message.Length : details, " " + sentence));
    }

    /// <summary>Returns a copy that names a file, for an error about the account that many files wait for.</summary>
    internal FileVersionException WithFile(string fileId, string? versionId = null) =>
        new(this, Message) { FileId = fileId, VersionId = versionId };
}
