using System.Net.Http.Headers;
using FileVersions.Http.Errors;
using FileVersions.Http.Pipeline;
using FileVersions.Http.Throttling;

namespace FileVersions.Http;

/// <summary>An account of a service, acting as one user: its address, its credential, and how its requests are sent. Never shows a secret.</summary>
public abstract class ServiceConnection
{
    private readonly ConnectionOptions _options;
    private readonly ProxyRoute _route;
    private readonly Lazy<Throttle> _throttle;
    private readonly Lazy<ServicePipeline> _requests;
    private readonly Lazy<ServicePipeline> _uploads;
    private readonly Lazy<ServicePipeline> _content;

    private protected ServiceConnection(Uri baseUri, string apiPath, ConnectionOptions options)
        : this(options.Copy(), ServiceAddress.Clean(baseUri, apiPath), ProxyRoute.For(options))
    {
    }

    /// <summary>Copies a connection of the same account for another user.</summary>
    private protected ServiceConnection(ServiceConnection other)
        : this(other._options, other.BaseUri, other._route)
    {
    }

    private ServiceConnection(ConnectionOptions options, Uri baseUri, ProxyRoute route)
    {
        _options = options;
        _route = route;
        BaseUri = baseUri;
        Root = baseUri.AbsoluteUri.TrimEnd('/');
        Proxy = route.GetProxy(baseUri);
        _throttle = new Lazy<Throttle>(() => ThrottleRegistry.Get($"{Service}\n{Root}\n{Identity}", Clock));
        _requests = new Lazy<ServicePipeline>(() => ServicePipeline.ForRequests(this, Throttle));
        _uploads = new Lazy<ServicePipeline>(
            () => ServicePipeline.ForRequests(this, ThrottleRegistry.Get($"{Service} uploads\n{Root}\n{Identity}", Clock)));
        _content = new Lazy<ServicePipeline>(() => ServicePipeline.ForContent(this));
    }

    /// <summary>The name of the service: <c>Box</c> or <c>ImageKit</c>.</summary>
    public abstract string Service { get; }

    /// <summary>The address of the service, without the version of its API.</summary>
    public Uri BaseUri { get; }

    /// <summary>The sign-in method.</summary>
    public abstract SignInKind SignIn { get; }

    /// <summary>Maximum time for one attempt.</summary>
    public TimeSpan Timeout => _options.Timeout;

    /// <summary>Maximum number of retries after a transient failure. Does not count the initial request.</summary>
    public int MaximumRetryCount => _options.MaximumRetryCount;

    /// <summary>The proxy, as given or as named by the environment variables when the account was connected; null if neither names one.</summary>
    public Uri? Proxy { get; }

    /// <summary>The base address without a trailing slash.</summary>
    internal string Root { get; }

    internal IClock Clock => _options.Clock;

    internal Func<double> Jitter => _options.Jitter;

    /// <summary>Sends requests to the service's API.</summary>
    internal ServicePipeline Requests => _requests.Value;

    /// <summary>Sends uploads, for which services have rate limits of their own.</summary>
    internal ServicePipeline Uploads => _uploads.Value;

    /// <summary>Sends requests for content on other hosts, without a credential.</summary>
    internal ServicePipeline Content => _content.Value;

    /// <summary>The throttle that all connections of this account and user share.</summary>
    internal Throttle Throttle => _throttle.Value;

    /// <summary>What the service's responses mean.</summary>
    internal abstract ResponseClassifier Classifier { get; }

    /// <summary>Policies that add to each request what only this service needs.</summary>
    internal virtual IEnumerable<PipelinePolicy> ServicePolicies => [];

    /// <summary>Identifies the account and user whose requests the service counts together; contains no secret.</summary>
    private protected abstract string Identity { get; }

    /// <summary>Returns the service and its address, never a secret.</summary>
    public override string ToString() => $"{Service} {BaseUri} ({SignIn})";

    /// <summary>Verifies the credential with one small request.</summary>
    /// <param name="log">Receives log lines; null for no log.</param>
    /// <exception cref="FileVersionException">The service rejects the credential, or the request failed.</exception>
    public abstract Task VerifyAsync(Action<string>? log = null, CancellationToken cancellationToken = default);

    /// <summary>Adds the credential to a request that is otherwise complete.</summary>
    /// <exception cref="FileVersionException">The sign-in failed.</exception>
    internal abstract Task AuthenticateAsync(HttpRequestMessage request, Action<string>? log, CancellationToken cancellationToken);

    /// <summary>Tries to replace a credential that the service rejected with 401.</summary>
    /// <param name="rejected">The credential.</param>
    /// <param name="renewalCount">How often the credential was renewed for this request before.</param>
    /// <param name="log">Receives log lines; null for no log.</param>
    /// <returns>Whether the request is worth another attempt.</returns>
    /// <exception cref="FileVersionException">The sign-in failed.</exception>
    internal virtual Task<bool> TryRenewAsync(
        AuthenticationHeaderValue rejected, int renewalCount, Action<string>? log, CancellationToken cancellationToken) => Task.FromResult(false);

    internal HttpClient GetClient() => _options.TestClient ?? HttpClients.Get(_route);

    internal HttpClient GetContentClient() => _options.TestClient ?? HttpClients.GetForContent(_route);
}
