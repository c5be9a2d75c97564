using FileVersions.Http.Errors;

namespace FileVersions.Box;

/// <summary>Accepts the addresses of files and folders on Box's web pages in place of their ids.</summary>
public static class BoxWebAddress
{
    /// <summary>Returns the id of a file.</summary>
    /// <param name="text">An id, or an address such as <c>https://acme.app.box.com/file/12345?s=x</c>. White space around it is ignored.</param>
    /// <exception cref="FileVersionException">The text is a web address, but not one of a file in Box.</exception>
    public static string ParseFileId(string text) => Parse(text, "file", Texts.BoxFileAddressInvalid);

    /// <summary>Returns the id of a folder.</summary>
    /// <param name="text">An id, or an address such as <c>https://acme.app.box.com/folder/555</c>. White space around it is ignored.</param>
    /// <exception cref="FileVersionException">The text is a web address, but not one of a folder in Box.</exception>
    public static string ParseFolderId(string text) => Parse(text, "folder", Texts.BoxFolderAddressInvalid);

    private static string Parse(string text, string kind, string error)
    {
        string trimmed = text.Trim();
        if (!trimmed.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !trimmed.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            return trimmed;
        }

        return Uri.TryCreate(trimmed, UriKind.Absolute, out Uri? address) && IsBox(address.Host) && IdAfter(address, kind) is { } id
            ? id
            : throw new FileVersionException(FileVersionErrorKind.InvalidRequest, error.FormatWith(DisplayText.OfId(trimmed)))
            { FileId = trimmed };
    }

    /// <summary>Whether a host is box.com or a subdomain.</summary>
    internal static bool IsBox(string host) =>
        host.Equals("box.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".box.com", StringComparison.OrdinalIgnoreCase);

    private static string? IdAfter(Uri address, string kind)
    {
        string[] segments = address.AbsolutePath.Split('/');
        int index = Array.IndexOf(segments, kind);
        string? id = index >= 0 && index + 1 < segments.Length ? segments[index + 1] : null;
        return id is { Length: > 0 } && id.All(static c => c is >= '0' and <= '9') ? id : null;
    }
}
