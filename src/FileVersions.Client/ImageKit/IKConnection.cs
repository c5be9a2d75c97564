using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FileVersions.Http;
using FileVersions.Http.Errors;
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

    /// <summary>The address of ImageKit's API.</summary>
    public static Uri DefaultBaseUri { get; } = new("https://api.imagekit.io");

    /// <inheritdoc/>
    public override string Service => "ImageKit";

    /// <inheritdoc/>
    public override SignInKind SignIn => SignInKind.PrivateKey;

    internal override ResponseClassifier Classifier { get; } = new IKResponseClassifier();

    private protected override string Identity => Secret.QuickHash(Key);

    // ImageKit's examples for curl include the colon that follows the key in HTTP Basic.
    private string Key => _privateKey.Reveal().TrimEnd(':');

    /// <summary>Creates an account that signs in with its private key. A restricted, read-only key is sufficient for reading.</summary>
    /// <param name="privateKey">The key.</param>
    /// <param name="baseUri">The address of the API; null for <see cref="DefaultBaseUri"/>.</param>
    /// <param name="options">How requests are sent; null for the defaults.</param>
    /// <exception cref="FileVersionException">The key, the address or an option is invalid. No request was sent.</exception>
    public static IKConnection FromPrivateKey(Secret privateKey, Uri? baseUri = null, ConnectionOptions? options = null) =>
        new(privateKey.Check(Texts.ImageKitNamePrivateKey, isHeader: true), baseUri, options ?? new ConnectionOptions());

    /// <summary>Verifies the key by listing one file, which every key may do.</summary>
    /// <inheritdoc/>
    public override async Task VerifyAsync(Action<string>? log = null, CancellationToken cancellationToken = default)
    {
        var request = new ServiceRequest(HttpMethod.Get, ApiPath + "/files?limit=1") { Log = log };
        await Requests.SendAsync(request, CheckList, cancellationToken).ConfigureAwait(false);
    }

    // HTTP Basic with the key as the user name and an empty password.
    internal override Task AuthenticateAsync(HttpRequestMessage request, Action<string>? log, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(Key + ":")));
        return Task.CompletedTask;
    }

    private static bool CheckList(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(JsonBytes.WithoutMark(body).Span);
        return reader.Read() && reader.TokenType == JsonTokenType.StartArray ? true : throw new JsonException(Texts.ImageKitListMissing);
    }
}
