using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FileVersions.Emulator.Http;

/// <summary>Serves what the API port serves over TLS too, by HTTP/2 to whoever speaks it. Its certificate is its own: clients have to be told to trust it.</summary>
internal sealed class TlsDoor : IAsyncDisposable
{
    private readonly WebApplication _server;

    private TlsDoor(WebApplication server) => _server = server;

    /// <summary>Such as <c>https://localhost:41234</c>.</summary>
    internal Uri Uri => new UriBuilder(
        "https", "localhost", new Uri(_server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()).Port).Uri;

    /// <summary>Opens the door and writes its certificate to a file, as PEM.</summary>
    internal static async Task<TlsDoor> OpenAsync(string certificatePath, Action<ListenOptions> configure, RequestDelegate serve)
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
        return new TlsDoor(server);
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
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));

        // Servers on Windows take no key that lives in memory only.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
