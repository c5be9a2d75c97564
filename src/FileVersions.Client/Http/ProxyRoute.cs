using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;

namespace FileVersions.Http;

/// <summary>
/// Which proxy leads where: the one given for the account, else what the usual variables say (<c>HTTPS_PROXY</c>,
/// <c>HTTP_PROXY</c>, <c>ALL_PROXY</c>, <c>NO_PROXY</c>, the lower-case name before the upper-case one). .NET Framework does not
/// read them, and .NET reads them once in the life of a process; here they are read whenever an account is connected.
/// </summary>
internal sealed class ProxyRoute : IWebProxy, ICredentials
{
    private readonly Uri? _forHttps;
    private readonly Uri? _forHttp;
    private readonly string[] _bypass;
    private readonly NetworkCredential? _given;
    private readonly Dictionary<Uri, NetworkCredential> _fromAddresses = [];

    /// <summary>Works out a route.</summary>
    /// <param name="options">What was given for the account.</param>
    /// <param name="variable">Gives the value of an environment variable, or null.</param>
    internal ProxyRoute(ConnectionOptions options, Func<string, string?> variable)
    {
        _given = options.ProxyCredential;
        if (options.Proxy is not null)
        {
            _forHttps = _forHttp = Check(options.Proxy, "-Proxy");
            _bypass = [];
        }
        else
        {
            Uri? forAll = FromVariable("all_proxy", variable);
            _forHttps = FromVariable("https_proxy", variable) ?? forAll;
            _forHttp = FromVariable("http_proxy", variable) ?? forAll;
            _bypass = Value("no_proxy", variable)?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) ?? [];
        }

        Key = string.Join("\n", Describe(_forHttps), Describe(_forHttp), string.Join(",", _bypass), Describe(_given));
    }

    /// <summary>False when neither the account nor a variable names a proxy: then the system's settings hold.</summary>
    internal bool NamesProxy => _forHttps is not null || _forHttp is not null;

    /// <summary>The sign-in given for whichever proxy it will be; null for none.</summary>
    internal NetworkCredential? GivenCredential => _given;

    /// <summary>Equal for equal settings; holds no password.</summary>
    internal string Key { get; }

    ICredentials? IWebProxy.Credentials
    {
        get => this;
        set => throw new NotSupportedException();
    }

    /// <summary>The route as it stands now.</summary>
    /// <exception cref="FileVersionException">A proxy's address is not one.</exception>
    internal static ProxyRoute For(ConnectionOptions options) => new(options, Environment.GetEnvironmentVariable);

    /// <summary>The proxy on the way to an address, without its password; null for none.</summary>
    public Uri? GetProxy(Uri destination)
    {
        Uri? proxy = destination.Scheme == Uri.UriSchemeHttp ? _forHttp : _forHttps;
        if (proxy is null || _bypass.Any(entry => Covers(entry, destination)))
        {
            return null;
        }

        // What is meant for this computer may be plain http: another one could not deliver it, and would read the credential.
        return destination.IsLoopback && !proxy.IsLoopback ? null : proxy;
    }

    bool IWebProxy.IsBypassed(Uri host) => GetProxy(host) is null;

    NetworkCredential? ICredentials.GetCredential(Uri uri, string authType) =>
        _given ?? (_fromAddresses.TryGetValue(Plain(uri), out NetworkCredential? own) ? own : null);

    private static string? Value(string name, Func<string, string?> variable)
    {
        string? value = variable(name);
        value = string.IsNullOrWhiteSpace(value) ? variable(name.ToUpperInvariant()) : value;
        return string.IsNullOrWhiteSpace(value) ? null : value!.Trim();
    }

    // An entry is a host with all below it, with or without a leading dot or "*."; "*" is every host. It may name a port.
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

        // curl and most others take "host:port" as well.
        string text = value.Contains("://") ? value : "http://" + value;
        return Check(Uri.TryCreate(text, UriKind.Absolute, out Uri? address) ? address : null, name.ToUpperInvariant());
    }

    private Uri Check(Uri? address, string source)
    {
        if (address is not { IsAbsoluteUri: true } || address.Host.Length == 0
            || address.Scheme is not ("http" or "https" or "socks4" or "socks4a" or "socks5"))
        {
            throw new FileVersionException(
                FileVersionErrorKind.InvalidRequest,
                string.Format(CultureInfo.CurrentCulture, Texts.ProxyInvalid, source));
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
