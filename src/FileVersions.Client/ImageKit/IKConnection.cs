using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Http;
using FileVersions.Json;

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

    private protected override string Identity => Secret.QuickHash(Key);

    // ImageKit's examples for curl write the colon after the key.
    private string Key => _privateKey.Reveal().TrimEnd(':');

    /// <summary>An account that signs in with its private key; a restricted, read-only key is enough for listing.</summary>
    /// <param name="privateKey">The key.</param>
    /// <param name="baseUri">Where ImageKit is; null for <see cref="DefaultBaseUri"/>.</param>
    /// <param name="options">How requests travel; null for the defaults.</param>
    /// <exception cref="FileVersionException">
    /// The key cannot be one, or the address is none or plain http to another computer. Nothing was sent.
    /// </exception>
    public static IKConnection FromPrivateKey(Secret privateKey, Uri? baseUri = null, ConnectionOptions? options = null) =>
        new(privateKey.Check("PrivateKey", isHeader: true), baseUri, options ?? new ConnectionOptions());

    /// <summary>Lists one file, as the least that the key must be good for.</summary>
    /// <inheritdoc/>
    public override async Task VerifyAsync(Action<string>? log = null, CancellationToken cancellationToken = default)
    {
        var request = new ServiceRequest(HttpMethod.Get, ApiPath + "/files?limit=1") { Log = log };
        await new ServiceTransport(this).SendAsync(request, CheckList, cancellationToken).ConfigureAwait(false);
    }

    // HTTP Basic with the key as the user and an empty password.
    internal override Task<AuthenticationHeaderValue> GetAuthorizationAsync(Action<string>? log, CancellationToken cancellationToken) =>
        Task.FromResult(new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(Key + ":"))));

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

    private static bool CheckList(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(JsonBytes.WithoutMark(body.Span));
        return reader.Read() && reader.TokenType == JsonTokenType.StartArray ? true : throw new JsonException(Texts.ListMissing);
    }
}
