using FileVersions.Http.Errors;

namespace FileVersions.Box.Uploads;

/// <summary>The addresses of uploads. A credential is sent to each of them, so they must belong to the service.</summary>
internal static class BoxUploadAddress
{
    private const string ApiPath = "/api/2.0";

    private static readonly Uri s_uploadHost = new("https://upload.box.com");

    /// <summary>Returns the address for an escaped path and query of the upload API, relative to the base address unless that is Box's own.</summary>
    internal static string Of(BoxConnection connection, string path) =>
        IsBoxHost(connection) ? s_uploadHost.GetLeftPart(UriPartial.Authority) + ApiPath + path : ApiPath + path;

    /// <summary>Checks an address that Box returned for a session.</summary>
    /// <exception cref="FileVersionException">The address does not belong to the service.</exception>
    internal static string Check(Uri address, BoxConnection connection, string fileId)
    {
        bool isTrusted = BoxWebAddress.IsBox(connection.BaseUri.Host)
            ? address is { Scheme: "https", IsDefaultPort: true } && BoxWebAddress.IsBox(address.Host)
            : address.Scheme == connection.BaseUri.Scheme && address.Authority.Equals(connection.BaseUri.Authority, StringComparison.OrdinalIgnoreCase);
        return isTrusted
            ? address.AbsoluteUri
            : throw new ErrorContext(connection, fileId, versionId: null).InvalidResponse(
                Texts.BoxSessionAddressForeign.FormatWith(DisplayText.Of(address.GetLeftPart(UriPartial.Authority))));
    }

    private static bool IsBoxHost(BoxConnection connection) =>
        connection.BaseUri.IsDefaultPort && connection.BaseUri.Host.Equals(BoxConnection.DefaultBaseUri.Host, StringComparison.OrdinalIgnoreCase);
}
