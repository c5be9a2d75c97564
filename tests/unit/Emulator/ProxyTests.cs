using System.Net;

namespace FileVersions.UnitTests.Emulator;

public sealed class ProxyTests : EmulatorTestBase
{
    [Fact]
    public async Task The_proxy_forwards_a_request_to_the_service()
    {
        using HttpResponseMessage response = await ThroughProxy(new WebProxy(Emulator.ProxyUri), Emulator.ApiUri);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1, await Stat("proxy.requests"));
        Assert.Equal(1, await Stat("box.requests"));
    }

    [Fact]
    public async Task The_proxy_can_require_a_credential()
    {
        await Settings("""{"proxyAuth":true}""");
        var named = new WebProxy(Emulator.ProxyUri) { Credentials = new NetworkCredential("proxyuser", "proxypass") };
        using HttpResponseMessage refused = await ThroughProxy(new WebProxy(Emulator.ProxyUri), Emulator.ApiUri);
        using HttpResponseMessage passed = await ThroughProxy(named, Emulator.ApiUri);

        Assert.Equal((HttpStatusCode.ProxyAuthenticationRequired, HttpStatusCode.OK), (refused.StatusCode, passed.StatusCode));
        Assert.NotEqual(0, await Stat("proxy.refused"));
    }

    [Fact]
    public async Task The_proxy_refuses_other_hosts()
    {
        using HttpResponseMessage elsewhere = await ThroughProxy(new WebProxy(Emulator.ProxyUri), new Uri("http://192.0.2.1/"));
        using HttpResponseMessage otherPort = await ThroughProxy(new WebProxy(Emulator.ProxyUri), new Uri("http://127.0.0.1:9/"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (elsewhere.StatusCode, otherPort.StatusCode));
    }

    private static async Task<HttpResponseMessage> ThroughProxy(WebProxy proxy, Uri address)
    {
        using var handler = new SocketsHttpHandler { Proxy = proxy };
        using var http = new HttpClient(handler) { BaseAddress = address };
        return await http.SendAsync(Box(HttpMethod.Get, "/2.0/files/1/versions"));
    }
}
