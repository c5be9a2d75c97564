using System;
using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Box.SignIn;
using FileVersions.Box.Replies;
using FileVersions.Http;

namespace FileVersions.Box;

/// <summary>A Box account.</summary>
public sealed class BoxConnection : ServiceConnection
{
    internal const string ApiPath = "/2.0";

    private readonly ITokenSource _tokens;

    private BoxConnection(
        SignInKind signIn, string identity, Func<BoxConnection, ITokenSource> tokens, Uri? baseUri, string? asUser, ConnectionOptions? options)
        : base(baseUri ?? DefaultBaseUri, ApiPath, options ?? new ConnectionOptions())
    {
        SignIn = signIn;
        Identity = identity;
        AsUser = asUser is null ? null : CheckId(asUser, "AsUser");
        _tokens = tokens(this);
    }

    /// <summary>Where Box is.</summary>
    public static Uri DefaultBaseUri { get; } = new("https://api.box.com");

    /// <inheritdoc/>
    public override string Service => "Box";

    /// <inheritdoc/>
    public override SignInKind SignIn { get; }

    /// <summary>The app that signs in; null where a token was given.</summary>
    public string? ClientId { get; private init; }

    /// <summary>For whom the app signs in; null where a token was given.</summary>
    public BoxSubject? Subject { get; private init; }

    /// <summary>The user that the service says requests act for; null until <see cref="VerifyAsync"/> asked.</summary>
    public BoxUser? User { get; private set; }

    /// <summary>The id of the user that requests act for; null for the account's own.</summary>
    public string? AsUser { get; private set; }

    /// <summary>When the token in use runs out and is replaced; null when it is not known, or none was needed yet.</summary>
    public DateTimeOffset? ExpiresAt => _tokens.ExpiresAt;

    private protected override string Identity { get; }

    /// <summary>Returns a connection that shares sign-in and tokens with this one but acts as another user.</summary>
    /// <param name="userId">The id of the user; null for the user of this connection.</param>
    /// <exception cref="FileVersionException">The id contains characters that are not allowed in a header.</exception>
    public BoxConnection ForUser(string? userId)
    {
        if (userId is null || userId == AsUser)
        {
            return this;
        }

        var connection = (BoxConnection)MemberwiseClone();
        connection.AsUser = CheckId(userId, "AsUser");
        connection.User = null;
        return connection;
    }

    /// <summary>An account that signs in with a token as it is.</summary>
    /// <param name="accessToken">The token; a developer token lives 60 minutes.</param>
    /// <param name="baseUri">Where Box is; null for <see cref="DefaultBaseUri"/>.</param>
    /// <param name="asUser">The user to act for, or null.</param>
    /// <param name="options">How requests travel; null for the defaults.</param>
    /// <exception cref="FileVersionException">
    /// The token cannot be one, or the address is none or plain http to another computer. Nothing was sent.
    /// </exception>
    public static BoxConnection FromAccessToken(Secret accessToken, Uri? baseUri = null, string? asUser = null, ConnectionOptions? options = null) =>
        new(
            SignInKind.AccessToken,
            Secret.QuickHash(accessToken.Check("AccessToken", isHeader: true).Reveal()),
            _ => new GivenToken(accessToken),
            baseUri,
            asUser,
            options);

    /// <summary>An account that signs in with an app's id and secret (OAuth 2 client credentials), and renews its tokens itself.</summary>
    /// <param name="clientId">The app's id.</param>
    /// <param name="clientSecret">The app's secret.</param>
    /// <param name="subject">The enterprise, for the app's service account, or the user.</param>
    /// <param name="baseUri">Where Box is; null for <see cref="DefaultBaseUri"/>. Tokens come from below it, <c>/oauth2/token</c>.</param>
    /// <param name="asUser">The user to act for, or null.</param>
    /// <param name="options">How requests travel; null for the defaults.</param>
    /// <exception cref="FileVersionException">
    /// The secret or an id cannot be one, or the address is none or plain http to another computer. Nothing was sent.
    /// </exception>
    public static BoxConnection FromClientCredentials(
        string clientId,
        Secret clientSecret,
        BoxSubject subject,
        Uri? baseUri = null,
        string? asUser = null,
        ConnectionOptions? options = null)
    {
        var grant = new ClientCredentialsGrant(CheckId(clientId, "ClientId"), clientSecret.Check("ClientSecret"), Check(subject));
        return new BoxConnection(
            SignInKind.ClientCredentials, IdentityOf(clientId, subject), account => Renewed(account, grant), baseUri, asUser, options)
        {
            ClientId = grant.ClientId,
            Subject = subject,
        };
    }

    /// <summary>
    /// An account that signs in with the app's config file from Box's developer console: by JWT where the file holds a key, else by
    /// client credentials. It renews its tokens itself. The file is read once.
    /// </summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="subject">The enterprise or user; null for the enterprise that the file names.</param>
    /// <param name="baseUri">Where Box is; null for <see cref="DefaultBaseUri"/>. Tokens come from below it, <c>/oauth2/token</c>.</param>
    /// <param name="asUser">The user to act for, or null.</param>
    /// <param name="options">How requests travel; null for the defaults.</param>
    /// <exception cref="FileVersionException">
    /// The file cannot be read, lacks something, or its key does not open; it holds a key and this is .NET Framework; or the address
    /// is none or plain http to another computer. Nothing was sent.
    /// </exception>
    public static BoxConnection FromConfigFile(
        string path, BoxSubject? subject = null, Uri? baseUri = null, string? asUser = null, ConnectionOptions? options = null)
    {
        BoxAppConfig app = BoxAppConfig.Read(path);
        subject = Check(subject ?? (app.EnterpriseId is { } id
            ? BoxSubject.Enterprise(id)
            : throw new FileVersionException(
                FileVersionErrorKind.InvalidRequest, string.Format(CultureInfo.CurrentCulture, Texts.ConfigWithoutEnterprise, path))));
        CheckId(app.ClientId, "clientID");
        return app.Key is null
            ? FromClientCredentials(app.ClientId, app.ClientSecret, subject, baseUri, asUser, options)
            : new BoxConnection(
                SignInKind.Jwt,
                IdentityOf(app.ClientId, subject),
                account => Renewed(account, new JwtGrant(app, subject, account.Root + TokenClient.Path)),
                baseUri,
                asUser,
                options)
            {
                ClientId = app.ClientId,
                Subject = subject,
            };
    }

    /// <summary>Asks Box who requests act for, in one request, and fills <see cref="User"/>.</summary>
    /// <inheritdoc/>
    public override async Task VerifyAsync(Action<string>? log = null, CancellationToken cancellationToken = default)
    {
        var request = new ServiceRequest(HttpMethod.Get, ApiPath + "/users/me?fields=id,name,login") { AsUser = AsUser, Log = log };
        User = await new ServiceTransport(this).SendAsync(request, BoxVersionReplies.ReadUser, cancellationToken).ConfigureAwait(false);
    }

    internal override Task<AuthenticationHeaderValue> GetAuthorizationAsync(Action<string>? log, CancellationToken cancellationToken) =>
        _tokens.GetAsync(log, cancellationToken);

    internal override Task<bool> TryRenewAsync(
        AuthenticationHeaderValue refused, int renewals, Action<string>? log, CancellationToken cancellationToken) =>
        _tokens.TryRenewAsync(refused, renewals, log, cancellationToken);

    internal override string AdviseRefused(int status, string said) =>
        SignIn != SignInKind.AccessToken ? Texts.AdviceFreshTokenRefused
        : said.IndexOf("expired", StringComparison.OrdinalIgnoreCase) >= 0 ? Texts.AdviceTokenExpired
        : Texts.AdviceTokenUnknown;

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

    // For the same app and subject both ways of signing in lead to the same user of Box.
    private static string IdentityOf(string clientId, BoxSubject subject) => $"{clientId} {subject}";

    private static RenewedTokens Renewed(BoxConnection account, TokenGrant grant) => new(new TokenClient(account, grant).FetchAsync);

    private static BoxSubject Check(BoxSubject subject)
    {
        CheckId(subject.Id, subject.Type + " id");
        return subject;
    }

    private static string CheckId(string id, string name) => new Secret(id).Check(name, isHeader: true).Reveal();
}
