namespace FileVersions.Emulator.Http;

/// <summary>Decides where the forward proxy sends a request. It forwards only to the emulator's own ports.</summary>
internal static class ForwardProxy
{
    internal const string Credential = "proxyuser:proxypass";

    /// <summary>
    /// Finds the port and the target of an absolute address. Returns 200, or the status of the refusal:
    /// 407 (no valid credential), 400 (not an absolute HTTP address, such as CONNECT), 403 (another host).
    /// </summary>
    internal static int Resolve(HttpRequest request, string target, Ports ports, bool requiresCredential, out int port, out string ownTarget)
    {
        (port, ownTarget) = (0, target);
        string? header = request.Headers.ProxyAuthorization;
        if (requiresCredential && (header?.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) != true || BasicCredential.Decode(header) != Credential))
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
