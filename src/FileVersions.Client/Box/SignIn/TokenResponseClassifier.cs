using FileVersions.Http;
using FileVersions.Http.Errors;

namespace FileVersions.Box.SignIn;

/// <summary>What responses to a request for a token mean: a rejection is always about the credential, never about a file.</summary>
internal sealed class TokenResponseClassifier(SignInKind signIn, TokenGrant grant) : BoxResponseClassifier(signIn)
{
    internal override string? Advise(FileVersionErrorKind kind, ServiceResponse response, string? code, string? said) => kind switch
    {
        FileVersionErrorKind.AuthenticationFailed => grant.Advise(code, response.Headers.Date),
        FileVersionErrorKind.InvalidConfiguration => Texts.BoxAdviceTokenAddress,
        _ => null,
    };

    protected override FileVersionErrorKind KindOf(int status, ErrorBody body) => status switch
    {
        // There is no token service at this address.
        404 or 405 => FileVersionErrorKind.InvalidConfiguration,
        407 or 408 or 425 or 429 => base.KindOf(status, body),
        >= 400 and < 500 => FileVersionErrorKind.AuthenticationFailed,
        _ => base.KindOf(status, body),
    };
}
