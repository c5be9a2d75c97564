using System.Net;
using FileVersions.Http;

namespace FileVersions.UnitTests.SignIn;

public sealed class ProxyRouteTests
{
    [Theory]
    [InlineData("", "https://api.box.com", null)]
    [InlineData("HTTPS_PROXY=http://p:8080", "https://api.box.com", "http://p:8080/")]
    [InlineData("HTTPS_PROXY=http://p:8080", "http://127.0.0.1:1", null)]
    [InlineData("HTTP_PROXY=http://localhost:8080", "http://127.0.0.1:1", "http://localhost:8080/")]
    [InlineData("HTTP_PROXY=http://p:8080", "http://127.0.0.1:1", null)]
    [InlineData("HTTP_PROXY=http://p:8080", "http://localhost:1", null)]
    [InlineData("HTTP_PROXY=http://p:8080", "https://api.box.com", null)]
    [InlineData("ALL_PROXY=p:8080", "https://api.box.com", "http://p:8080/")]
    [InlineData("ALL_PROXY=http://a:1;HTTPS_PROXY=http://p:8080", "https://api.box.com", "http://p:8080/")]
    [InlineData("https_proxy=http://low:1;HTTPS_PROXY=http://up:1", "https://api.box.com", "http://low:1/")]
    [InlineData("https_proxy= ;HTTPS_PROXY=http://up:1", "https://api.box.com", "http://up:1/")]
    [InlineData("HTTPS_PROXY=http://ada:pass@p:8080", "https://api.box.com", "http://p:8080/")]
    [InlineData("HTTPS_PROXY=socks5://p:1080", "https://api.box.com", "socks5://p:1080/")]
    [InlineData("HTTPS_PROXY= ", "https://api.box.com", null)]
    [InlineData("ALL_PROXY=http://p:1;NO_PROXY=*", "https://api.box.com", null)]
    [InlineData("ALL_PROXY=http://p:1;NO_PROXY=box.com", "https://api.box.com", null)]
    [InlineData("ALL_PROXY=http://p:1;NO_PROXY=.BOX.com", "https://api.box.com", null)]
    [InlineData("ALL_PROXY=http://p:1;no_proxy=a.com, api.box.com", "https://api.box.com", null)]
    [InlineData("ALL_PROXY=http://p:1;NO_PROXY=*.box.com", "https://api.box.com", null)]
    [InlineData("ALL_PROXY=http://p:1;NO_PROXY=api.box.com:443", "https://api.box.com", null)]
    [InlineData("ALL_PROXY=http://p:1;NO_PROXY=api.box.com:80", "https://api.box.com", "http://p:1/")]
    [InlineData("ALL_PROXY=http://p:1;NO_PROXY=ox.com", "https://api.box.com", "http://p:1/")]
    [InlineData("ALL_PROXY=http://127.0.0.1:1;NO_PROXY=[::1]", "http://[::1]:8080", null)]
    [InlineData("ALL_PROXY=http://127.0.0.1:1;NO_PROXY=::1", "http://[::1]:8080", null)]
    [InlineData("ALL_PROXY=http://127.0.0.1:1;NO_PROXY=127.0.0.1,localhost", "http://localhost:8080", null)]
    public void The_environment_variables_determine_the_proxy(string variables, string destination, string? proxy) =>
        Assert.Equal(proxy, From(variables).GetProxy(new Uri(destination))?.AbsoluteUri);

    [Fact]
    public void A_specified_proxy_overrides_the_variables()
    {
        var options = new ConnectionOptions { Proxy = new Uri("http://given:8080") };
        var route = new ProxyRoute(options, Reader("ALL_PROXY=http://p:1;NO_PROXY=*"));

        Assert.Equal("http://given:8080/", route.GetProxy(new Uri("https://api.box.com"))!.AbsoluteUri);
    }

    [Fact]
    public void The_address_supplies_the_credential_unless_one_is_specified()
    {
        var options = new ConnectionOptions { ProxyCredential = new NetworkCredential("ben", "other") };
        IWebProxy own = From("ALL_PROXY=http://ada:p%40ss@p:8080");
        IWebProxy given = new ProxyRoute(options, Reader("ALL_PROXY=http://ada:p%40ss@p:8080"));

        Assert.Equal(("ada", "p@ss"), Credential(own));
        Assert.Equal(("ben", "other"), Credential(given));

        static (string?, string?) Credential(IWebProxy proxy)
        {
            NetworkCredential? credential = proxy.Credentials!.GetCredential(new Uri("http://p:8080/"), "Basic");
            return (credential?.UserName, credential?.Password);
        }
    }

    [Fact]
    public void Equal_settings_share_connections_and_the_key_contains_no_password()
    {
        ProxyRoute first = From("ALL_PROXY=http://ada:pass-word@p:8080");
        ProxyRoute same = From("ALL_PROXY=http://ada:pass-word@p:8080");
        ProxyRoute other = From("ALL_PROXY=http://ada:pass-wort@p:8080");

        Assert.Equal(first.Key, same.Key);
        Assert.NotEqual(first.Key, other.Key);
        Assert.Same(HttpClients.Get(first), HttpClients.Get(same));
        Assert.NotSame(HttpClients.Get(first), HttpClients.Get(other));
        Assert.DoesNotContain("pass-word", first.Key, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ALL_PROXY=http://")]
    [InlineData("HTTPS_PROXY=ftp://p:1")]
    [InlineData("HTTPS_PROXY=http://secret@:x")]
    public void An_invalid_address_is_reported_with_the_name_of_its_variable(string variables)
    {
        FileVersionException failure = Assert.Throws<FileVersionException>(() => From(variables));

        Assert.Equal(FileVersionErrorKind.InvalidConfiguration, failure.Kind);
        Assert.StartsWith($"The environment variable {variables.Split('=')[0]} ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    private static ProxyRoute From(string variables) => new(new ConnectionOptions(), Reader(variables));

    private static Func<string, string?> Reader(string variables)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in variables.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            values[parts[0]] = parts[1];
        }

        return name => values.GetValueOrDefault(name);
    }
}
