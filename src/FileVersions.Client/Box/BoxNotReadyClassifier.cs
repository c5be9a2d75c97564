using System.Net;
using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.Http.Pipeline;

namespace FileVersions.Box;

/// <summary>What responses mean for a request that Box answers with 202 until the result is ready.</summary>
internal class BoxNotReadyClassifier(SignInKind signIn, string advice) : BoxResponseClassifier(signIn)
{
    internal override bool IsSuccess(int status) => status != 202 && base.IsSuccess(status);

    internal override string? Advise(FileVersionErrorKind kind, ServiceResponse response, string? code, string? said) =>
        response.StatusCode == HttpStatusCode.Accepted ? advice : base.Advise(kind, response, code, said);

    protected override FileVersionErrorKind KindOf(int status, ErrorBody body) =>
        status == 202 ? FileVersionErrorKind.ServiceUnavailable : base.KindOf(status, body);

    protected override RetryDecision RetryOf(int status, ErrorBody body) => status == 202 ? RetryDecision.WhenReady : base.RetryOf(status, body);
}
