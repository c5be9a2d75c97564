using System;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Http;

namespace FileVersions.ImageKit;

/// <summary>An ImageKit account.</summary>
public sealed class IKConnection : ServiceConnection
{
    internal const string ApiPath = "/v1";

    private readonly Secret _privateKey;

    private IKConnection(Secret privateKey, Uri? baseUri, ConnectionOptions options)
        : base(baseUri ?? DefaultBaseUri, ApiPath, options)
    {
        _privateKey = privateKey;
    }

    /// <summary>Where ImageKit is.</summary>
    public static Uri DefaultBaseUri { get; } = new("https://api.imagekit.io");

    /// <inheritdoc/>
    public override string Service => "ImageKit";

    /// <inheritdoc/>
    public override SignInKind SignIn => SignInKind.PrivateKey;

    /// <summary>An account that signs in with its private key; a restricted, read-only key is enough for listing.</summary>
    /// <param name="privateKey">The key.</param>
    /// <param name="baseUri">Where ImageKit is; null for <see cref="DefaultBaseUri"/>.</param>
    /// <param name="options">How requests travel; null for the defaults.</param>
    /// <exception cref="FileVersionException">The address is none, or plain http to another computer.</exception>
    public static IKConnection FromPrivateKey(Secret privateKey, Uri? baseUri = null, ConnectionOptions? options = null) =>
        new(privateKey, baseUri, options ?? new ConnectionOptions());

    // HTTP Basic with the key as the user and an empty password.
    internal override Task<AuthenticationHeaderValue> GetAuthorizationAsync(Action<string>? log, CancellationToken cancellationToken) =>
        Task.FromResult(new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(_privateKey.Reveal() + ":"))));

    internal override string AdviseRefused(int status, string said) => status == 401 ? Texts.AdviceKeyMissing : Texts.AdviceKeyWrong;

    // A missing key gives 401, a wrong or expired one and a disabled account 403.
    internal override FileVersionErrorKind KindOf(int status) => status switch
    {
        401 or 403 => FileVersionErrorKind.AuthenticationFailed,
        404 => FileVersionErrorKind.FileVersionNotFound,
        429 => FileVersionErrorKind.RateLimited,
        >= 500 => FileVersionErrorKind.ServiceUnavailable,
        _ => FileVersionErrorKind.InvalidRequest,
    };

    internal override string? ReadRequestId(HttpResponseHeaders headers, ErrorReply body) => HeaderText.First(headers, "x-ik-requestId");

    internal override TimeSpan? ReadServerWait(HttpResponseHeaders headers) =>
        HeaderText.RetryAfter(headers) ?? HeaderText.Milliseconds(headers, "X-RateLimit-Reset");
}
