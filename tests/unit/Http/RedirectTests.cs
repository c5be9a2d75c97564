using System.Net;
using FileVersions.Box;
using FileVersions.Http;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Http;

public sealed class RedirectTests
{
    [Fact]
    public async Task A_redirect_is_followed_without_a_credential()
    {
        bool hasCredential = false;
        var transport = new StubTransport((number, request) =>
        {
            hasCredential |= request.Headers.Authorization is not null || request.Headers.Contains("As-User");
            return number switch
            {
                1 => Redirect("https://two.example.com/b"),
                2 => Redirect("/c"),
                _ => new HttpResponseMessage(),
            };
        });

        await GetAsync(Transport.Box(transport).ForUser("7"));

        Assert.Equal(["GET https://one.example.com/a", "GET https://two.example.com/b", "GET https://two.example.com/c"], transport.Requests);
        Assert.False(hasCredential);
    }

    [Theory]
    [InlineData("http://two.example.com/b")]
    [InlineData("http://127.0.0.1/b")]
    [InlineData("ftp://two.example.com/b")]
    public async Task A_redirect_to_an_unsafe_address_is_not_followed(string address)
    {
        var transport = new StubTransport(() => Redirect(address));

        FileVersionException failure = await Transport.FailsAsync(FileVersionErrorKind.InvalidResponse, () => GetAsync(Transport.Box(transport)));

        Assert.Equal(1, transport.Count);
        Assert.Contains("does not use https", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_on_loopback_can_redirect_to_plain_http_on_loopback()
    {
        var transport = new StubTransport((number, _) => number == 1 ? Redirect("http://127.0.0.1/b") : new HttpResponseMessage());
        ConnectionOptions options = Transport.Options(transport, null, 0, null);

        await GetAsync(BoxConnection.FromAccessToken(new Secret("token"), new Uri("http://localhost:1"), options: options), "http://127.0.0.1/a");

        Assert.Equal(2, transport.Count);
    }

    [Fact]
    public async Task Endless_redirects_are_an_error()
    {
        var transport = new StubTransport(() => Redirect("https://one.example.com/a"));

        FileVersionException failure = await Transport.FailsAsync(FileVersionErrorKind.InvalidResponse, () => GetAsync(Transport.Box(transport)));

        Assert.Equal(6, transport.Count);
        Assert.Contains("too many redirects", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_without_an_address_is_an_error()
    {
        var transport = new StubTransport(() => new HttpResponseMessage(HttpStatusCode.Found));

        await Transport.FailsAsync(FileVersionErrorKind.InvalidResponse, () => GetAsync(Transport.Box(transport)));
    }

    [Fact]
    public async Task A_request_to_an_absolute_address_of_the_service_has_the_credential()
    {
        string? credential = null;
        var transport = new StubTransport((_, request) =>
        {
            credential = request.Headers.Authorization?.Scheme;
            return new HttpResponseMessage();
        });
        var request = new ServiceRequest(HttpMethod.Put, "https://upload.example.com/part/1", "1");

        await Transport.Box(transport).Requests.SendAsync(request, (ReadOnlyMemory<byte> body) => body.Length, default);

        Assert.Equal("PUT https://upload.example.com/part/1", transport.Requests.Single());
        Assert.Equal("Bearer", credential);
    }

    [Fact]
    public async Task A_request_with_a_credential_is_never_sent_without_encryption()
    {
        var transport = new StubTransport(() => new HttpResponseMessage());
        var request = new ServiceRequest(HttpMethod.Get, "http://upload.example.com/part/1", "1");

        await Transport.FailsAsync(
            FileVersionErrorKind.InvalidResponse,
            () => Transport.Box(transport).Requests.SendAsync(request, (ReadOnlyMemory<byte> body) => body.Length, default));

        Assert.Equal(0, transport.Count);
    }

    private static Task<int> GetAsync(ServiceConnection connection, string address = "https://one.example.com/a") =>
        connection.Content.SendAsync(new ServiceRequest(HttpMethod.Get, address, "1"), (ReadOnlyMemory<byte> body) => body.Length, default);

    private static HttpResponseMessage Redirect(string address)
    {
        var response = new HttpResponseMessage(HttpStatusCode.Found);
        response.Headers.TryAddWithoutValidation("Location", address);
        return response;
    }
}
