using System.Net;
using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.Http.Pipeline;

namespace FileVersions.Box.Uploads;

/// <summary>What the responses to the commit of a session mean. Box may need some time before it has all parts: 202, or 400 for a while.</summary>
internal sealed class BoxCommitClassifier(SignInKind signIn) : BoxUploadClassifier(signIn)
{
    internal override bool IsSuccess(int status) => status != 202 && base.IsSuccess(status);

    internal override string? Advise(FileVersionErrorKind kind, ServiceResponse response, string? code, string? said) =>
        response.StatusCode == HttpStatusCode.Accepted ? Texts.BoxAdviceCommitNotReady : base.Advise(kind, response, code, said);

    protected override FileVersionErrorKind KindOf(int status, ErrorBody body) =>
        status == 202 ? FileVersionErrorKind.ServiceUnavailable : base.KindOf(status, body);

    protected override RetryDecision RetryOf(int status, ErrorBody body) =>
        status == 202 || (status == 400 && body.Code == "parts_mismatch") ? RetryDecision.WhenReady : base.RetryOf(status, body);
}
