using System.Net;
using System.Net.Http.Headers;
using FileVersions.Http.Pipeline;

namespace FileVersions.Http.Errors;

/// <summary>Decides what a response means. Each service derives its own classifier, and a request can have another one.</summary>
internal class ResponseClassifier
{
    /// <summary>Whether a status means success. The default is 200 to 299.</summary>
    internal virtual bool IsSuccess(int status) => status is >= 200 and < 300;

    /// <summary>Returns the request id of a response, which the service's support asks for; null if there is none.</summary>
    internal virtual string? ReadRequestId(HttpResponseHeaders headers, ErrorBody body) => body.RequestId;

    /// <summary>Returns what to do about an error, in one sentence; null for the general advice. Code and message are the service's own.</summary>
    internal virtual string? Advise(FileVersionErrorKind kind, ServiceResponse response, string? code, string? said) => null;

    /// <summary>Converts a response that is not a success to an outcome.</summary>
    internal AttemptOutcome Classify(PipelineMessage message, ServiceResponse response, DateTimeOffset now)
    {
        int status = (int)response.StatusCode;
        ErrorBody body = ErrorBody.Parse(response.Body, message.Redaction);
        return new AttemptOutcome
        {
            ErrorKind = KindOf(status, body),
            Retry = RetryOf(status, body),
            Response = response,
            Error = body,
            ServerDelay = ReadDelay(response.Headers, now),
        };
    }

    /// <summary>Returns the kind of an error.</summary>
    protected virtual FileVersionErrorKind KindOf(int status, ErrorBody body) => status switch
    {
        < 400 or > 599 => FileVersionErrorKind.InvalidResponse,
        401 => FileVersionErrorKind.AuthenticationFailed,
        403 => FileVersionErrorKind.AccessDenied,
        404 => FileVersionErrorKind.FileVersionNotFound,
        (int)HttpStatusCode.ProxyAuthenticationRequired => FileVersionErrorKind.ConnectionFailed,
        408 => FileVersionErrorKind.RequestTimedOut,
        409 or 412 => FileVersionErrorKind.Conflict,
        429 => FileVersionErrorKind.RateLimited,
        425 or >= 500 => FileVersionErrorKind.ServiceUnavailable,
        _ => FileVersionErrorKind.InvalidRequest,
    };

    /// <summary>Returns whether a request with this error is worth another attempt.</summary>
    protected virtual RetryDecision RetryOf(int status, ErrorBody body) =>
        status is 408 or 425 or 429 or 500 or 502 or 503 or 504 or 509 or 520 or 522 or 524 or 529 ? RetryDecision.AfterDelay : RetryDecision.None;

    /// <summary>Returns the delay that the service asks for; null if it does not say.</summary>
    protected virtual TimeSpan? ReadDelay(HttpResponseHeaders headers, DateTimeOffset now) => HeaderText.ReadRetryAfter(headers, now);
}
