using System;
using System.Globalization;
using FileVersions.Http;

namespace FileVersions.Box;

/// <summary>A file's id, as people have it at hand.</summary>
public static class BoxFileId
{
    /// <summary>The id of a text that is one, or that is the address of a file on Box's web pages.</summary>
    /// <param name="text">For example <c>12345</c> or <c>https://acme.app.box.com/file/12345?s=x</c>.</param>
    /// <exception cref="FileVersionException">It is an address, but not of a file.</exception>
    public static string Parse(string text)
    {
        string trimmed = text.Trim();
        if (!trimmed.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !trimmed.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }

        if (Uri.TryCreate(trimmed, UriKind.Absolute, out Uri? address))
        {
            string[] segments = address.AbsolutePath.Split('/');
            int file = Array.FindIndex(segments, segment => segment is "file" or "files");
            if (file >= 0 && file + 1 < segments.Length && segments[file + 1].Length > 0)
            {
                return Uri.UnescapeDataString(segments[file + 1]);
            }
        }

        throw new FileVersionException(
            FileVersionErrorKind.InvalidRequest,
            string.Format(CultureInfo.CurrentCulture, Texts.BoxAddressInvalid, ShownText.OfId(text)))
        {
            FileId = text,
        };
    }
}
