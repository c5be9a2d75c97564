using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.Http.Pipeline;

namespace FileVersions.Box.Uploads;

/// <summary>What the responses of Box's upload host mean.</summary>
internal class BoxUploadClassifier(SignInKind signIn) : BoxResponseClassifier(signIn)
{
    // The content was damaged on its way.
    protected override RetryDecision RetryOf(int status, ErrorBody body) =>
        body.Code == "bad_digest" ? RetryDecision.AfterDelay : base.RetryOf(status, body);
}
