using System.Globalization;
using System.Net;

namespace FileVersions.Http;

/// <summary>
/// The proxy for each address: the one given for the account, otherwise the one that the environment variables name (<c>HTTPS_PROXY</c>,
/// <c>HTTP_PROXY</c>, <c>ALL_PROXY</c>, <c>NO_PROXY</c>; the lower-case name first). .NET Framework ignores these variables and .NET reads them once
/// per process, so they are read here whenever an account is connected.
/// </summary>
internal sealed class ProxyRoute : IWebProxy, ICredentials
{
    private readonly Uri? _forHttps;
    private readonly Uri? _forHttp;
    private readonly string[] _bypass;
    private readonly Dictionary<Uri, NetworkCredential> _fromAddresses = [];

    internal ProxyRoute(ConnectionOptions options, Func<string, string?> variable)
    {
        GivenCredential = options.ProxyCredential;
        if (options.Proxy is not null)
        {
            _forHttps = _forHttp = Check(options.Proxy, Texts.HttpProxyName);
            _bypass = [];
        }
        else
        {
            Uri? forAll = FromVariable("all_proxy", variable);
            _forHttps = FromVariable("https_proxy", variable) ?? forAll;
            _forHttp = FromVariable("http_proxy", variable) ?? forAll;
            _bypass = Value("no_proxy", variable)?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) ?? [];
        }

        Key = string.Join("\n", Describe(_forHttps), Describe(_forHttp), string.Join(",", _bypass), Describe(GivenCredential));
    }

    /// <summary>Whether the account or a variable names a proxy. If not, the settings of the system apply.</summary>
    internal bool NamesProxy => _forHttps is not null || _forHttp is not null;

    /// <summary>The credential given for the proxy; null for none.</summary>
    internal NetworkCredential? GivenCredential { get; }

    /// <summary>Equal for equal settings; contains no password.</summary>
    internal string Key { get; }

    ICredentials? IWebProxy.Credentials
    {
        get => this;
        set => throw new NotSupportedException();
    }

    /// <summary>Determines the proxies from the options and the current environment variables.</summary>
    /// <exception cref="FileVersionException">The address of a proxy is invalid.</exception>
    internal static ProxyRoute For(ConnectionOptions options) => new(options, Environment.GetEnvironmentVariable);

    /// <summary>Returns the proxy for an address, without its password; null for none.</summary>
    public Uri? GetProxy(Uri destination)
    {
        Uri? proxy = destination.Scheme == Uri.UriSchemeHttp ? _forHttp : _forHttps;
        if (proxy is null || _bypass.Any(entry => Covers(entry, destination)))
        {
            return null;
        }

        // Requests to this computer may use plain http. A remote proxy could not deliver them, and would see the credential.
        return destination.IsLoopback && !proxy.IsLoopback ? null : proxy;
    }

    bool IWebProxy.IsBypassed(Uri host) => GetProxy(host) is null;

    NetworkCredential? ICredentials.GetCredential(Uri uri, string authType) =>
        GivenCredential ?? (_fromAddresses.TryGetValue(Plain(uri), out NetworkCredential? own) ? own : null);

    private static string? Value(string name, Func<string, string?> variable)
    {
        string? value = variable(name);
        value = string.IsNullOrWhiteSpace(value) ? variable(name.ToUpperInvariant()) : value;
        return string.IsNullOrWhiteSpace(value) ? null : value!.Trim();
    }

    // An entry is a domain with its subdomains, with or without a leading dot or "*."; "*" is every host. It may have a port.
    private static bool Covers(string entry, Uri destination)
    {
        if (entry == "*")
        {
            return true;
        }

        string host = destination.Host.Trim('[', ']');
        int colon = entry.LastIndexOf(':');
        bool hasPort = colon > 0 && (entry.IndexOf(':') == colon || entry[colon - 1] == ']');
        if (hasPort && entry.Substring(colon + 1) != destination.Port.ToString(CultureInfo.InvariantCulture))
        {
            return false;
        }

        string name = (hasPort ? entry.Substring(0, colon) : entry).Trim('[', ']').TrimStart('*').TrimStart('.');
        return name.Length > 0
            && (host.Equals(name, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));
    }

    private static Uri Plain(Uri address) => new(address.GetLeftPart(UriPartial.Authority).Replace(address.UserInfo + "@", string.Empty));

    private Uri? FromVariable(string name, Func<string, string?> variable)
    {
        if (Value(name, variable) is not { } value)
        {
            return null;
        }

        // Like curl, accept "host:port" without a scheme.
        string text = value.Contains("://") ? value : "http://" + value;
        return Check(Uri.TryCreate(text, UriKind.Absolute, out Uri? address) ? address : null, Texts.HttpProxyVariable.FormatWith(name.ToUpperInvariant()));
    }

    private Uri Check(Uri? address, string source)
    {
        if (address is not { IsAbsoluteUri: true } || address.Host.Length == 0
            || address.Scheme is not ("http" or "https" or "socks4" or "socks4a" or "socks5"))
        {
            throw new FileVersionException(FileVersionErrorKind.InvalidConfiguration, Texts.HttpProxyInvalid.FormatWith(source));
        }

        Uri plain = Plain(address);
        if (address.UserInfo.Length > 0)
        {
            string[] parts = address.UserInfo.Split([':'], 2);
            _fromAddresses[plain] = new NetworkCredential(
                Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : string.Empty);
        }

        return plain;
    }

    private string Describe(Uri? proxy) =>
        proxy is null ? string.Empty : $"{proxy} {Describe(_fromAddresses.TryGetValue(proxy, out NetworkCredential? own) ? own : null)}";

    private static string Describe(NetworkCredential? credential) =>
        credential is null ? string.Empty : $"{credential.Domain}\\{credential.UserName} {Fingerprint.Of(credential.Password)}";
}
