using System;
using System.Globalization;

namespace FileVersions.Http;

/// <summary>The address of a service, and ids as parts of it.</summary>
internal static class ServiceAddress
{
    /// <summary>Checks a base address and takes off what the module adds itself.</summary>
    /// <exception cref="FileVersionException">It is not absolute, or it is plain http to another computer.</exception>
    internal static Uri Clean(Uri baseUri, string apiPath)
    {
        if (!baseUri.IsAbsoluteUri || (baseUri.Scheme != Uri.UriSchemeHttps && baseUri.Scheme != Uri.UriSchemeHttp)
            || baseUri.Query.Length > 0 || baseUri.Fragment.Length > 0 || baseUri.UserInfo.Length > 0)
        {
            throw new FileVersionException(FileVersionErrorKind.InvalidRequest, Texts.BaseUriInvalid);
        }

        if (baseUri.Scheme == Uri.UriSchemeHttp && !baseUri.IsLoopback)
        {
            throw new FileVersionException(
                FileVersionErrorKind.InvalidRequest,
                string.Format(CultureInfo.CurrentCulture, Texts.PlainHttpRefused, baseUri));
        }

        string root = baseUri.AbsoluteUri.TrimEnd('/');
        return root.EndsWith(apiPath, StringComparison.Ordinal) ? new Uri(root.Substring(0, root.Length - apiPath.Length)) : baseUri;
    }

    /// <summary>An id as one segment of a path, so that nothing in it can lead elsewhere.</summary>
    /// <exception cref="FileVersionException">It cannot be an id: empty, blank, a dot or two, or with control characters.</exception>
    internal static string Segment(string id)
    {
        string trimmed = id.Trim();
        bool impossible = trimmed.Length == 0 || trimmed is "." or "..";
        for (int i = 0; i < id.Length && !impossible; i++)
        {
            impossible = char.IsControl(id[i])
                || (char.IsSurrogate(id[i]) && !(i + 1 < id.Length && char.IsSurrogatePair(id[i], id[i + 1])) && !(i > 0 && char.IsSurrogatePair(id[i - 1], id[i])));
        }

        return impossible
            ? throw new FileVersionException(
                FileVersionErrorKind.InvalidRequest,
                string.Format(CultureInfo.CurrentCulture, Texts.IdImpossible, ShownText.OfId(id)))
            : Uri.EscapeDataString(id);
    }
}
