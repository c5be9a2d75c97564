using System.Net.Http.Headers;
using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.Http.Pipeline;

namespace FileVersions.Box;

internal class BoxResponseClassifier(SignInKind signIn) : ResponseClassifier
{
    internal override string? ReadRequestId(HttpResponseHeaders headers, ErrorBody body)
    {
        string? header = HeaderText.First(headers, "box-request-id");
        return header is null || body.RequestId is null ? header ?? body.RequestId : $"{header}, {body.RequestId}";
    }

    internal override string? Advise(FileVersionErrorKind kind, ServiceResponse response, string? code, string? said) => kind switch
    {
        FileVersionErrorKind.AuthenticationFailed when signIn != SignInKind.AccessToken => Texts.BoxAdviceFreshTokenRejected,
        FileVersionErrorKind.AuthenticationFailed when said?.IndexOf("expired", StringComparison.OrdinalIgnoreCase) >= 0 => Texts.BoxAdviceTokenExpired,
        FileVersionErrorKind.AuthenticationFailed => Texts.BoxAdviceTokenRejected,
        FileVersionErrorKind.AccessDenied when code == "insufficient_scope" => Texts.BoxAdviceScope,
        _ => null,
    };

    protected override RetryDecision RetryOf(int status, ErrorBody body) => body.Code switch
    {
        // Box moves or copies the folder, or keeps a name reserved.
        "operation_blocked_temporary" or "name_temporarily_reserved" when status == 409 => RetryDecision.AfterDelay,

        // An uploaded content was damaged on its way.
        "bad_digest" => RetryDecision.AfterDelay,

        // The commit of an upload reached Box before its parts were registered.
        "parts_mismatch" when status == 400 => RetryDecision.WhenReady,
        _ => base.RetryOf(status, body),
    };
}
