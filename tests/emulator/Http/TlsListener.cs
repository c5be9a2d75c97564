using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FileVersions.Emulator.Http;

/// <summary>Serves the API over TLS, with HTTP/1.1 and HTTP/2. The certificate is self-signed, so clients must be configured to trust it.</summary>
internal sealed class TlsListener : IAsyncDisposable
{
    private readonly WebApplication _server;

    private TlsListener(WebApplication server) => _server = server;

    /// <summary>Such as <c>https://localhost:41234</c>.</summary>
    internal Uri Uri => new UriBuilder(
        "https", "localhost", new Uri(_server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()).Port).Uri;

    /// <summary>Starts to listen, and writes the certificate to a file in PEM format.</summary>
    internal static async Task<TlsListener> StartAsync(string certificatePath, Action<ListenOptions> configure, RequestDelegate serve)
    {
        X509Certificate2 certificate = CreateCertificate();
        await File.WriteAllTextAsync(certificatePath, certificate.ExportCertificatePem());
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                configure(listen);
                listen.UseHttps(certificate);
            });
        });
        WebApplication server = builder.Build();
        server.Run(serve);
        await server.StartAsync();
        return new TlsListener(server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static X509Certificate2 CreateCertificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using X509Certificate2 created = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));

        // On Windows, a server certificate cannot use an ephemeral key.
        return X509CertificateLoader.LoadPkcs12(created.Export(X509ContentType.Pkcs12), null);
    }
}
