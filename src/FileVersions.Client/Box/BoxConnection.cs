using System.Net.Http.Headers;
using FileVersions.Box.Replies;
using FileVersions.Box.SignIn;
using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.Http.Pipeline;

namespace FileVersions.Box;

/// <summary>A Box account, acting as one user.</summary>
public sealed class BoxConnection : ServiceConnection
{
    internal const string ApiPath = "/2.0";

    private readonly string _account;
    private readonly ITokenSource _tokens;

    private BoxConnection(
        SignInKind signIn, string account, Func<BoxConnection, ITokenSource> createTokens, Uri? baseUri, string? asUser, ConnectionOptions? options)
        : base(baseUri ?? DefaultBaseUri, ApiPath, options ?? new ConnectionOptions())
    {
        SignIn = signIn;
        _account = account;
        AsUser = asUser is null ? null : CheckId(asUser, Texts.BoxNameUserId);
        Classifier = new BoxResponseClassifier(signIn);
        _tokens = createTokens(this);
    }

    private BoxConnection(BoxConnection other, string userId)
        : base(other)
    {
        SignIn = other.SignIn;
        ClientId = other.ClientId;
        Subject = other.Subject;
        _account = other._account;
        _tokens = other._tokens;
        Classifier = other.Classifier;
        AsUser = CheckId(userId, Texts.BoxNameUserId);
    }

    /// <summary>The address of Box's API.</summary>
    public static Uri DefaultBaseUri { get; } = new("https://api.box.com");

    /// <inheritdoc/>
    public override string Service => "Box";

    /// <inheritdoc/>
    public override SignInKind SignIn { get; }

    /// <summary>The id of the application that signs in; null if the account has a given token.</summary>
    public string? ClientId { get; private init; }

    /// <summary>The enterprise or user that the application signs in for; null if the account has a given token.</summary>
    public BoxSubject? Subject { get; private init; }

    /// <summary>The user that requests act as, according to Box; null before <see cref="VerifyAsync"/>.</summary>
    public BoxUser? User { get; private set; }

    /// <summary>The id of the user that requests act as; null for the account's own user.</summary>
    public string? AsUser { get; }

    /// <summary>The expiry of the current token; null if it is unknown or no token was requested yet.</summary>
    public DateTimeOffset? ExpiresAt => _tokens.ExpiresAt;

    internal override ResponseClassifier Classifier { get; }

    internal override IEnumerable<PipelinePolicy> ServicePolicies => AsUser is null ? [] : [new AsUserPolicy(AsUser)];

    private protected override string Identity => $"{_account}\n{AsUser}";

    /// <summary>Creates an account with a token, which cannot be renewed.</summary>
    /// <param name="accessToken">The token. A developer token is valid for 60 minutes.</param>
    /// <param name="baseUri">The address of the API; null for <see cref="DefaultBaseUri"/>.</param>
    /// <param name="asUser">The id of the user to act as; null for the account's own user.</param>
    /// <param name="options">How requests are sent; null for the defaults.</param>
    /// <exception cref="FileVersionException">The token, the address or another value is invalid. No request was sent.</exception>
    public static BoxConnection FromAccessToken(Secret accessToken, Uri? baseUri = null, string? asUser = null, ConnectionOptions? options = null)
    {
        Secret token = accessToken.Check(Texts.BoxNameAccessToken, isHeader: true);
        return new BoxConnection(SignInKind.AccessToken, Secret.QuickHash(token.Reveal()), _ => new GivenToken(token), baseUri, asUser, options);
    }

    /// <summary>Creates an account that signs in with an application's id and secret (OAuth 2 client credentials) and renews its tokens.</summary>
    /// <param name="clientId">The id of the application.</param>
    /// <param name="clientSecret">The secret of the application.</param>
    /// <param name="subject">The enterprise, for the application's service account, or the user.</param>
    /// <param name="baseUri">The address of the API; null for <see cref="DefaultBaseUri"/>. Tokens are requested from <c>/oauth2/token</c> below it.</param>
    /// <param name="asUser">The id of the user to act as; null for the account's own user.</param>
    /// <param name="options">How requests are sent; null for the defaults.</param>
    /// <exception cref="FileVersionException">The secret, an id, the address or another value is invalid. No request was sent.</exception>
    public static BoxConnection FromClientCredentials(
        string clientId,
        Secret clientSecret,
        BoxSubject subject,
        Uri? baseUri = null,
        string? asUser = null,
        ConnectionOptions? options = null)
    {
        Secret secret = clientSecret.Check(Texts.BoxNameClientSecret);
        var grant = new ClientCredentialsGrant(CheckId(clientId, Texts.BoxNameClientId), secret, Check(subject));
        return new BoxConnection(
            SignInKind.ClientCredentials, AccountOf(clientId, subject), account => Renewed(account, grant), baseUri, asUser, options)
        {
            ClientId = clientId,
            Subject = subject,
        };
    }

    /// <summary>
    /// Creates an account from the application's configuration file, which Box's developer console offers for download: JWT if the file contains
    /// a key, otherwise client credentials. It renews its tokens. The file is read once.
    /// </summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="subject">The enterprise or user; null for the enterprise in the file.</param>
    /// <param name="baseUri">The address of the API; null for <see cref="DefaultBaseUri"/>. Tokens are requested from <c>/oauth2/token</c> below it.</param>
    /// <param name="asUser">The id of the user to act as; null for the account's own user.</param>
    /// <param name="options">How requests are sent; null for the defaults.</param>
    /// <exception cref="FileVersionException">
    /// The file cannot be read or is incomplete, its key cannot be decrypted or is not supported by this runtime, or another value is invalid.
    /// No request was sent.
    /// </exception>
    public static BoxConnection FromConfigFile(
        string path, BoxSubject? subject = null, Uri? baseUri = null, string? asUser = null, ConnectionOptions? options = null)
    {
        BoxAppConfig app = BoxAppConfig.Read(path);
        BoxSubject signedIn = Check(subject ?? (app.EnterpriseId is { } id
            ? BoxSubject.Enterprise(id)
            : throw new FileVersionException(FileVersionErrorKind.InvalidConfiguration, Texts.BoxConfigWithoutEnterprise.FormatWith(path))));
        CheckId(app.ClientId, Texts.BoxNameClientId);
        return app.Key is null
            ? FromClientCredentials(app.ClientId, app.ClientSecret, signedIn, baseUri, asUser, options)
            : new BoxConnection(
                SignInKind.Jwt,
                AccountOf(app.ClientId, signedIn),
                account => Renewed(account, new JwtGrant(app, signedIn, account.Root + TokenClient.Path, account.Clock)),
                baseUri,
                asUser,
                options)
            {
                ClientId = app.ClientId,
                Subject = signedIn,
            };
    }

    /// <summary>Returns a connection of this account that acts as another user. Both share the sign-in and its tokens.</summary>
    /// <param name="userId">The id of the user; null for the user of this connection.</param>
    /// <exception cref="FileVersionException">The id is invalid. No request was sent.</exception>
    public BoxConnection ForUser(string? userId) => userId is null || userId == AsUser ? this : new BoxConnection(this, userId);

    /// <summary>Asks Box which user requests act as, and sets <see cref="User"/>.</summary>
    /// <inheritdoc/>
    public override async Task VerifyAsync(Action<string>? log = null, CancellationToken cancellationToken = default)
    {
        var request = new ServiceRequest(HttpMethod.Get, ApiPath + "/users/me?fields=id,name,login") { Log = log };
        User = await Requests.SendAsync(request, BoxVersionReplies.ReadUser, cancellationToken).ConfigureAwait(false);
    }

    internal override async Task AuthenticateAsync(HttpRequestMessage request, Action<string>? log, CancellationToken cancellationToken) =>
        request.Headers.Authorization = await _tokens.GetAsync(log, cancellationToken).ConfigureAwait(false);

    internal override Task<bool> TryRenewAsync(
        AuthenticationHeaderValue rejected, int renewalCount, Action<string>? log, CancellationToken cancellationToken) =>
        _tokens.TryRenewAsync(rejected, renewalCount, log, cancellationToken);

    // Both sign-in methods of an application act as the same user of Box for the same subject.
    private static string AccountOf(string clientId, BoxSubject subject) => $"{clientId} {subject}";

    private static RenewedTokens Renewed(BoxConnection account, TokenGrant grant) => new(new TokenClient(account, grant).FetchAsync);

    private static BoxSubject Check(BoxSubject subject)
    {
        CheckId(subject.Id, subject.Type == "user" ? Texts.BoxNameUserId : Texts.BoxNameEnterpriseId);
        return subject;
    }

    private static string CheckId(string id, string name)
    {
        using var secret = new Secret(id);
        return secret.Check(name, isHeader: true).Reveal();
    }
}
