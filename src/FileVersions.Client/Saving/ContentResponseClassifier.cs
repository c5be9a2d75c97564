using FileVersions.Http.Errors;

namespace FileVersions.Saving;

/// <summary>What responses with content mean. They say nothing about the account, because the request carries no credential.</summary>
internal sealed class ContentResponseClassifier : ResponseClassifier
{
    // 416 may mean that the file is complete already.
    internal override bool IsSuccess(int status) => status is 200 or 206 or 416;

    protected override FileVersionErrorKind KindOf(int status, ErrorBody body) => status switch
    {
        401 => FileVersionErrorKind.AccessDenied,
        410 => FileVersionErrorKind.FileVersionNotFound,
        _ => base.KindOf(status, body),
    };
}
