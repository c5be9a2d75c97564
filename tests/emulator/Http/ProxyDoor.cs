using System;
using Microsoft.AspNetCore.Http;

namespace FileVersions.Emulator.Http;

/// <summary>What a plain forward proxy does before it passes a request on: to the emulator's own ports only.</summary>
internal static class ProxyDoor
{
    internal const string Credential = "proxyuser:proxypass";

    /// <summary>
    /// Finds the port and the target behind an absolute address, or the status with which the proxy refuses:
    /// 407 (no credential), 400 (no absolute address, such as a tunnel's), 403 (not the emulator).
    /// </summary>
    internal static int Enter(HttpRequest request, string target, Ports ports, bool wantsCredential, out int port, out string ownTarget)
    {
        (port, ownTarget) = (0, target);
        string? header = request.Headers.ProxyAuthorization;
        if (wantsCredential && (header?.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) != true || BasicCredential.Decode(header) != Credential))
        {
            return 407;
        }

        if (!Uri.TryCreate(target, UriKind.Absolute, out Uri? address) || address.Scheme != Uri.UriSchemeHttp)
        {
            return 400;
        }

        if (!address.IsLoopback || (address.Port != ports.Api && address.Port != ports.Download))
        {
            return 403;
        }

        port = address.Port;
        int path = target.IndexOf('/', "http://".Length);
        ownTarget = path < 0 ? "/" : target[path..];
        return 200;
    }
}
