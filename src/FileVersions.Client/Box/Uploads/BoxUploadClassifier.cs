using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.Http.Pipeline;

namespace FileVersions.Box.Uploads;

/// <summary>What the responses of Box's upload host mean.</summary>
internal class BoxUploadClassifier(SignInKind signIn) : BoxResponseClassifier(signIn)
{
    // bad_digest: the content was damaged on its way. The other two are temporary locks.
    protected override RetryDecision RetryOf(int status, ErrorBody body) =>
        body.Code is "bad_digest" or "name_temporarily_reserved" or "operation_blocked_temporary"
            ? RetryDecision.AfterDelay
            : base.RetryOf(status, body);
}
