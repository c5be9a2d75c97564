using FileVersions.Http.Errors;

namespace FileVersions.Http;

/// <summary>Addresses of a service.</summary>
internal static class ServiceAddress
{
    /// <summary>Validates a base address and removes the path of the API, which requests add themselves.</summary>
    /// <exception cref="FileVersionException">The address is not absolute, or is plain http to another computer.</exception>
    internal static Uri Clean(Uri baseUri, string apiPath)
    {
        if (!baseUri.IsAbsoluteUri || (baseUri.Scheme != Uri.UriSchemeHttps && baseUri.Scheme != Uri.UriSchemeHttp)
            || baseUri.Query.Length > 0 || baseUri.Fragment.Length > 0 || baseUri.UserInfo.Length > 0)
        {
            throw new FileVersionException(FileVersionErrorKind.InvalidConfiguration, Texts.HttpBaseAddressInvalid);
        }

        if (!IsSafe(baseUri, baseUri))
        {
            throw new FileVersionException(FileVersionErrorKind.InvalidConfiguration, Texts.HttpBaseAddressUnsafe.FormatWith(baseUri));
        }

        string root = baseUri.AbsoluteUri.TrimEnd('/');
        return root.EndsWith(apiPath, StringComparison.Ordinal) ? new Uri(root.Substring(0, root.Length - apiPath.Length)) : baseUri;
    }

    /// <summary>Whether a request may be sent to an address: https, or http within this computer if the service itself is on it.</summary>
    internal static bool IsSafe(Uri address, Uri baseUri) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback && baseUri.IsLoopback);

    /// <summary>Escapes an id as one segment of a path, so that it cannot lead to another path.</summary>
    /// <exception cref="FileVersionException">The id is blank, <c>.</c> or <c>..</c>, or contains control characters.</exception>
    internal static string Segment(string id)
    {
        string trimmed = id.Trim();
        bool isInvalid = trimmed.Length == 0 || trimmed is "." or "..";
        for (int i = 0; i < id.Length && !isInvalid; i++)
        {
            isInvalid = char.IsControl(id[i])
                || (char.IsSurrogate(id[i]) && !(i + 1 < id.Length && char.IsSurrogatePair(id[i], id[i + 1])) && !(i > 0 && char.IsSurrogatePair(id[i - 1], id[i])));
        }

        return isInvalid
            ? throw new FileVersionException(FileVersionErrorKind.InvalidRequest, Texts.HttpIdInvalid.FormatWith(DisplayText.OfId(id)))
            : Uri.EscapeDataString(id);
    }
}
