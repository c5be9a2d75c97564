using System.Net;
using System.Net.Http.Headers;
using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.Http.Pipeline;

namespace FileVersions.ImageKit;

internal sealed class IKResponseClassifier : ResponseClassifier
{
    internal override string? ReadRequestId(HttpResponseHeaders headers, ErrorBody body) => HeaderText.First(headers, "x-ik-requestId");

    internal override string? Advise(FileVersionErrorKind kind, ServiceResponse response, string? code, string? said) => kind switch
    {
        FileVersionErrorKind.AuthenticationFailed when response.StatusCode == HttpStatusCode.Unauthorized => Texts.ImageKitAdviceKeyMissing,
        FileVersionErrorKind.AuthenticationFailed => Texts.ImageKitAdviceKeyRejected,
        _ => null,
    };

    // 401 means that there was no key, 403 that the key is wrong or expired or the account is disabled.
    protected override FileVersionErrorKind KindOf(int status, ErrorBody body) =>
        status == 403 ? FileVersionErrorKind.AuthenticationFailed : base.KindOf(status, body);

    // An upload is refused with 400 for a while after other uploads of the same file.
    protected override RetryDecision RetryOf(int status, ErrorBody body) =>
        status == 400 && body.Message?.IndexOf("too many requests to update the file", StringComparison.OrdinalIgnoreCase) >= 0
            ? RetryDecision.WhenReady
            : base.RetryOf(status, body);

    protected override TimeSpan? ReadDelay(HttpResponseHeaders headers, DateTimeOffset now) =>
        base.ReadDelay(headers, now) ?? HeaderText.ReadMilliseconds(headers, "X-RateLimit-Reset");
}
