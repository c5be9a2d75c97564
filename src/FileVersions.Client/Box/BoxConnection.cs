using System;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Http;

namespace FileVersions.Box;

/// <summary>A Box account.</summary>
public sealed class BoxConnection : ServiceConnection
{
    internal const string ApiPath = "/2.0";

    private readonly Secret _accessToken;

    private BoxConnection(Secret accessToken, Uri? baseUri, string? asUser, ConnectionOptions options)
        : base(baseUri ?? DefaultBaseUri, ApiPath, options)
    {
        _accessToken = accessToken;
        AsUser = asUser;
    }

    /// <summary>Where Box is.</summary>
    public static Uri DefaultBaseUri { get; } = new("https://api.box.com");

    /// <inheritdoc/>
    public override string Service => "Box";

    /// <inheritdoc/>
    public override SignInKind SignIn => SignInKind.AccessToken;

    /// <summary>The id of the user that requests act for; null for the account's own.</summary>
    public string? AsUser { get; }

    /// <summary>An account that signs in with a token as it is.</summary>
    /// <param name="accessToken">The token; a developer token lives 60 minutes.</param>
    /// <param name="baseUri">Where Box is; null for <see cref="DefaultBaseUri"/>.</param>
    /// <param name="asUser">The user to act for, or null.</param>
    /// <param name="options">How requests travel; null for the defaults.</param>
    /// <exception cref="FileVersionException">The address is none, or plain http to another computer.</exception>
    public static BoxConnection FromAccessToken(Secret accessToken, Uri? baseUri = null, string? asUser = null, ConnectionOptions? options = null) =>
        new(accessToken, baseUri, asUser, options ?? new ConnectionOptions());

    internal override Task<AuthenticationHeaderValue> GetAuthorizationAsync(Action<string>? log, CancellationToken cancellationToken) =>
        Task.FromResult(new AuthenticationHeaderValue("Bearer", _accessToken.Reveal()));

    internal override string AdviseRefused(int status, string said) =>
        said.Contains("expired") ? Texts.AdviceTokenExpired : Texts.AdviceTokenUnknown;

    internal override FileVersionErrorKind KindOf(int status) => status switch
    {
        401 => FileVersionErrorKind.AuthenticationFailed,
        403 => FileVersionErrorKind.AccessDenied,
        404 => FileVersionErrorKind.FileVersionNotFound,
        429 => FileVersionErrorKind.RateLimited,
        >= 500 => FileVersionErrorKind.ServiceUnavailable,
        _ => FileVersionErrorKind.InvalidRequest,
    };

    internal override string? ReadRequestId(HttpResponseHeaders headers, ErrorReply body)
    {
        string? header = HeaderText.First(headers, "box-request-id");
        return header is null || body.RequestId is null ? header ?? body.RequestId : $"{header}, {body.RequestId}";
    }

    internal override TimeSpan? ReadServerWait(HttpResponseHeaders headers) => HeaderText.RetryAfter(headers);
}
