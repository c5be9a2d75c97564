using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace FileVersions.Saving;

/// <summary>
/// Makes a file name for a version that every file system takes, by the rules of Windows and of Linux wherever it runs: so that a
/// folder saved here can be copied there.
/// </summary>
internal static class SafeFileName
{
    /// <summary>The longest name, in bytes of UTF-8, that Linux takes; Windows takes as many UTF-16 characters, which are never more.</summary>
    internal const int LongestName = 255;

    private const int LongestExtension = 32;
    private const int LongestId = 64;
    private const string Nameless = "file";
    private const string NotAllowed = "<>:\"/\\|?*";

    private static readonly HashSet<string> s_devices = CreateDevices();

    /// <summary>Such as <c>report (version 12345).pdf</c>, or with a file's id <c>report (file 678, version 12345).pdf</c>.</summary>
    /// <param name="name">The file's name as the service sent it; null for none.</param>
    /// <param name="versionId">The version's id.</param>
    /// <param name="fileId">The file's id, where the version's does not suffice to tell two names apart.</param>
    internal static string ForVersion(string? name, string versionId, string? fileId = null)
    {
        string cleaned = Clean(LastPart(name ?? string.Empty));
        (string stem, string extension) = Split(cleaned);
        string suffix = fileId is null
            ? $" (version {CleanId(versionId)})"
            : $" (file {CleanId(fileId)}, version {CleanId(versionId)})";
        if (stem.Length == 0)
        {
            stem = Nameless;
        }

        string first = (stem + suffix + extension).Split('.')[0].TrimEnd();
        if (s_devices.Contains(first))
        {
            stem = "_" + stem;
        }

        int room = LongestName - Encoding.UTF8.GetByteCount(suffix) - Encoding.UTF8.GetByteCount(extension);
        return Shorten(stem, room) + suffix + extension;
    }

    private static string LastPart(string name)
    {
        string trimmed = name.TrimEnd('/', '\\');
        return trimmed.Substring(trimmed.LastIndexOfAny(['/', '\\']) + 1);
    }

    /// <summary>Replaces what no name may hold, and takes off the dots and blanks at the end, which Windows drops.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(c).Append(text[++i]);
            }
            else
            {
                clean.Append(IsAllowed(c) ? c : '_');
            }
        }

        return TrimEnd(clean.ToString().TrimStart());
    }

    private static bool IsAllowed(char c) =>
        !char.IsControl(c) && !char.IsSurrogate(c) && NotAllowed.IndexOf(c) < 0 && !IsDirection(c)
        && CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    // Marks that turn the direction of writing can make "exe.pdf" be shown for "fdp.exe".
    private static bool IsDirection(char c) => c is '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static (string Stem, string Extension) Split(string name)
    {
        int dot = name.LastIndexOf('.');
        string extension = dot > 0 ? name.Substring(dot) : string.Empty;
        return extension.IndexOf(' ') < 0 && Encoding.UTF8.GetByteCount(extension) <= LongestExtension
            ? (TrimEnd(name.Substring(0, name.Length - extension.Length)), extension)
            : (name, string.Empty);
    }

    /// <summary>An id as it stands in names. Without dots and blanks: so names of different ids differ, whatever the files are called.</summary>
    internal static string CleanId(string id)
    {
        string clean = Clean(id).Replace('.', '_').Replace(' ', '_');
        return clean.Length <= LongestId && Encoding.UTF8.GetByteCount(clean) <= LongestId
            ? clean
            : $"{Shorten(clean, LongestId - 17)}~{HashOf(id):x16}";
    }

    /// <summary>Cuts a text to so many bytes, and no character in two.</summary>
    private static string Shorten(string text, int mostBytes)
    {
        int bytes = 0;
        for (int i = 0; i < text.Length;)
        {
            int length = char.IsHighSurrogate(text[i]) ? 2 : 1;
            bytes += length == 2 ? 4 : text[i] < 0x80 ? 1 : text[i] < 0x800 ? 2 : 3;
            if (bytes > mostBytes)
            {
                return TrimEnd(text.Substring(0, i));
            }

            i += length;
        }

        return text;
    }

    private static string TrimEnd(string text)
    {
        int end = text.Length;
        while (end > 0 && (text[end - 1] == '.' || char.IsWhiteSpace(text[end - 1])))
        {
            end--;
        }

        return text.Substring(0, end);
    }

    // FNV-1a: the same in every process and on every runtime.
    private static ulong HashOf(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 1099511628211);
        }

        return hash;
    }

    private static HashSet<string> CreateDevices()
    {
        var devices = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$" };
        foreach (char digit in "0123456789\u00B9\u00B2\u00B3")
        {
            devices.Add("COM" + digit);
            devices.Add("LPT" + digit);
        }

        return devices;
    }
}
