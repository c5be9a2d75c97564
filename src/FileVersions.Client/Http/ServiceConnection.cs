using System;
using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace FileVersions.Http;

/// <summary>An account at a service: where it is, how to sign in, and how its requests travel. Shows no secret.</summary>
public abstract class ServiceConnection
{
    private volatile Tuple<string?, AccountGate>? _lastGate;

    private protected ServiceConnection(Uri baseUri, string apiPath, ConnectionOptions options)
    {
        BaseUri = ServiceAddress.Clean(baseUri, apiPath);
        Root = BaseUri.AbsoluteUri.TrimEnd('/');
        Timeout = options.Timeout;
        MaximumRetryCount = options.MaximumRetryCount;
        ProxyRoute route = ProxyRoute.For(options);
        Proxy = route.GetProxy(BaseUri);
        Http = HttpClients.Get(route);
        ContentHttp = HttpClients.GetForContent(route);
    }

    /// <summary>The service: <c>Box</c> or <c>ImageKit</c>.</summary>
    public abstract string Service { get; }

    /// <summary>The service's address, without the version of its interface.</summary>
    public Uri BaseUri { get; }

    /// <summary>How the account signs in.</summary>
    public abstract SignInKind SignIn { get; }

    /// <summary>The longest that one try may take.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>How many times a request that failed for a passing reason is sent again.</summary>
    public int MaximumRetryCount { get; }

    /// <summary>The proxy that requests go through, as given or as the environment's variables said when the account was connected; null for none of these.</summary>
    public Uri? Proxy { get; }

    /// <summary>The address without a slash at its end.</summary>
    internal string Root { get; }

    internal HttpClient Http { get; }

    /// <summary>For contents, which are on other hosts: never with a credential.</summary>
    internal HttpClient ContentHttp { get; }

    /// <summary>Who signs in, as far as it can be told without a request; no secret.</summary>
    private protected abstract string Identity { get; }

    /// <summary>The gate through which requests go: the service counts the requests of each user.</summary>
    /// <param name="asUser">The user that a request acts for; null for the account's own.</param>
    internal AccountGate GateFor(string? asUser)
    {
        // The last one is held, so that what it has learned is there for the next cmdlet too.
        if (_lastGate is not { } last || last.Item1 != asUser)
        {
            _lastGate = last = Tuple.Create(asUser, AccountGates.Get($"{Service}\n{Root}\n{Identity}\n{asUser}"));
        }

        return last.Item2;
    }

    /// <summary>The service and its address; never a secret.</summary>
    public override string ToString() => $"{Service} {BaseUri} ({SignIn})";

    /// <summary>Tries the sign-in, in one cheap request.</summary>
    /// <param name="log">Told of waits.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="FileVersionException">It does not work.</exception>
    public abstract Task VerifyAsync(Action<string>? log = null, CancellationToken cancellationToken = default);

    /// <summary>The service, and the proxy on the way to it, for messages.</summary>
    internal string Peer => Proxy is null
        ? Service
        : string.Format(CultureInfo.CurrentCulture, Texts.PeerThroughProxy, Service, Proxy.GetLeftPart(UriPartial.Authority));

    /// <summary>The credential to send with the next request.</summary>
    /// <param name="log">Told of waits.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FileVersionException">The sign-in failed.</exception>
    internal abstract Task<AuthenticationHeaderValue> GetAuthorizationAsync(Action<string>? log, CancellationToken cancellationToken);

    /// <summary>Called after a 401: true when there is a fresh credential, so that the request is worth one more try.</summary>
    /// <param name="refused">The credential that the service refused.</param>
    /// <param name="renewals">How often this request has been told true before.</param>
    /// <param name="log">Told of waits.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FileVersionException">The sign-in failed.</exception>
    internal virtual Task<bool> TryRenewAsync(
        AuthenticationHeaderValue refused, int renewals, Action<string>? log, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>What to do about a sign-in that the service refused.</summary>
    /// <param name="status">The status of the reply.</param>
    /// <param name="said">The service's words.</param>
    internal abstract string AdviseRefused(int status, string said);

    /// <summary>What kind of error a status means for this service.</summary>
    internal abstract FileVersionErrorKind KindOf(int status);

    /// <summary>The service's id of the exchange.</summary>
    internal abstract string? ReadRequestId(HttpResponseHeaders headers, ErrorReply body);

    /// <summary>How long the service asks to wait; null when it does not say.</summary>
    internal abstract TimeSpan? ReadServerWait(HttpResponseHeaders headers);
}
