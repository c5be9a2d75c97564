using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using FileVersions.Http;
using FileVersions.Http.Errors;

namespace FileVersions.UnitTests.ThirdService;

/// <summary>An account of an object store in the style of S3.</summary>
internal sealed class StoreConnection(string keyId, Secret secret, Uri address, ConnectionOptions options) : ServiceConnection(address, string.Empty, options)
{
    public override string Service => "Store";

    public override SignInKind SignIn => SignInKind.PrivateKey;

    internal override ResponseClassifier Classifier { get; } = new StoreClassifier();

    private protected override string Identity => keyId;

    public override Task VerifyAsync(Action<string>? log = null, CancellationToken cancellationToken = default) =>
        Requests.SendAsync(new ServiceRequest(HttpMethod.Get, "/?max-keys=1"), (ServiceResponse _) => true, cancellationToken);

    internal override async Task AuthenticateAsync(HttpRequestMessage request, Action<string>? log, CancellationToken cancellationToken)
    {
        byte[] content = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        request.Headers.Add(StoreSignature.DateHeader, Clock.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        request.Headers.Add(StoreSignature.HashHeader, Convert.ToHexStringLower(SHA256.HashData(content)));
        request.Headers.Authorization = new AuthenticationHeaderValue(StoreSignature.Scheme, await StoreSignature.OfAsync(request, keyId, secret.Reveal()));
    }

    /// <summary>Returns an address of a version's content that is valid without a credential for some minutes.</summary>
    internal Uri SignContentAddress(string path, string versionId) =>
        new(BaseUri, $"{path}?{StoreSignature.QueryUntil(path, versionId, Clock.UtcNow.AddMinutes(15), secret.Reveal())}");

    /// <summary>Classifies errors by the code in the body, and treats 503 as throttling.</summary>
    private sealed class StoreClassifier : ResponseClassifier
    {
        internal override string? ReadRequestId(HttpResponseHeaders headers, ErrorBody body) => HeaderText.First(headers, "x-store-request-id");

        protected override FileVersionErrorKind KindOf(int status, ErrorBody body) => (status, body.Code) switch
        {
            (403, "SignatureDoesNotMatch" or "InvalidAccessKeyId") => FileVersionErrorKind.AuthenticationFailed,
            (503, "SlowDown") => FileVersionErrorKind.RateLimited,
            _ => base.KindOf(status, body),
        };
    }
}
