using System.Globalization;
using System.Text;

namespace FileVersions.Saving;

/// <summary>
/// Creates file names and paths that are valid on every file system. The rules of both Windows and Linux apply on every platform, so
/// that a folder saved on one can be copied to the other.
/// </summary>
internal static class SafeFileName
{
    /// <summary>The maximum length of a name on Linux, in bytes of UTF-8. Windows allows as many UTF-16 code units, which are never more.</summary>
    internal const int MaxNameBytes = 255;

    private const int MaxExtensionBytes = 32;
    private const int MaxIdBytes = 64;
    private const int HashLength = 17;
    private const string DefaultStem = "file";
    private const string InvalidCharacters = "<>:\"/\\|?*";

    private static readonly HashSet<string> s_deviceNames = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$", .. "0123456789\u00B9\u00B2\u00B3".SelectMany(static c => new[] { "COM" + c, "LPT" + c })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Creates a name such as <c>report (version 12345).pdf</c>, or <c>report (file 678, version 12345).pdf</c> with a file id, which is needed
    /// where the version's id alone is not unique.
    /// </summary>
    internal static string ForVersion(string? name, string versionId, string? fileId = null)
    {
        (string stem, string extension) = Split(Clean(LastPart(name ?? string.Empty)).TrimStart());
        string suffix = fileId is null
            ? $" (version {CleanId(versionId)})"
            : $" (file {CleanId(fileId)}, version {CleanId(versionId)})";
        string ending = suffix + extension;
        stem = stem.Length == 0 ? DefaultStem : IsDeviceName(stem + ending) ? "_" + stem : stem;
        return Shorten(stem, MaxNameBytes - Encoding.UTF8.GetByteCount(ending)) + ending;
    }

    /// <summary>
    /// Converts a file's path in the account, such as <c>/Reports/q3.pdf</c>, to a path relative to a local folder. The name at the version, if
    /// known, replaces the last part. Names stay as they are unless a file system would reject them.
    /// </summary>
    /// <returns>The path; null if a part of it is empty, <c>.</c> or <c>..</c>.</returns>
    internal static string? ForTree(string filePath, string? name = null)
    {
        string[] parts = (filePath.StartsWith("/", StringComparison.Ordinal) ? filePath.Substring(1) : filePath).Split('/');
        if (name is { Length: > 0 } && IsValid(parts[parts.Length - 1]))
        {
            parts[parts.Length - 1] = name;
        }

        return Array.TrueForAll(parts, IsValid) ? string.Join(Path.DirectorySeparatorChar.ToString(), Array.ConvertAll(parts, ForTreePart)) : null;

        static bool IsValid(string part) => part is not ("" or "." or "..");
    }

    /// <summary>Converts an id for use in names. The result has no dots and blanks, so the names of different ids differ, whatever the files are called.</summary>
    internal static string CleanId(string id)
    {
        string clean = Clean(id).Replace('.', '_').Replace(' ', '_');
        return Encoding.UTF8.GetByteCount(clean) <= MaxIdBytes ? clean : Shorten(clean, MaxIdBytes - HashLength) + Hash(id);
    }

    private static string ForTreePart(string name)
    {
        string clean = Clean(name);
        if (clean.Length == 0 || IsDeviceName(clean) || PartialFile.IsTemporaryName(clean))
        {
            clean = "_" + clean;
        }

        if (Encoding.UTF8.GetByteCount(clean) <= MaxNameBytes)
        {
            return clean;
        }

        // The hash distinguishes long names that differ only at the end.
        (string stem, string extension) = Split(clean);
        string ending = Hash(name) + extension;
        return Shorten(stem, MaxNameBytes - Encoding.UTF8.GetByteCount(ending)) + ending;
    }

    private static string LastPart(string name)
    {
        string trimmed = name.TrimEnd('/', '\\');
        return trimmed.Substring(trimmed.LastIndexOfAny(['/', '\\']) + 1);
    }

    /// <summary>Replaces invalid characters and removes dots and blanks at the end, which Windows ignores.</summary>
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

        return TrimEnd(clean.ToString());
    }

    private static bool IsAllowed(char c) =>
        !char.IsControl(c) && !char.IsSurrogate(c) && InvalidCharacters.IndexOf(c) < 0 && !IsDirectionMark(c)
        && CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    // Direction marks can make "exe.pdf" appear as "fdp.exe".
    private static bool IsDirectionMark(char c) => c is '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static (string Stem, string Extension) Split(string name)
    {
        int dot = name.LastIndexOf('.');
        string extension = dot > 0 ? name.Substring(dot) : string.Empty;
        return extension.IndexOf(' ') < 0 && Encoding.UTF8.GetByteCount(extension) <= MaxExtensionBytes
            ? (TrimEnd(name.Substring(0, name.Length - extension.Length)), extension)
            : (name, string.Empty);
    }

    // Windows opens a device for "NUL", "nul.txt" and "nul .tar.gz".
    private static bool IsDeviceName(string name) => s_deviceNames.Contains(name.Split('.')[0].TrimEnd());

    /// <summary>Cuts a text to a number of bytes, without splitting a character.</summary>
    private static string Shorten(string text, int maxBytes)
    {
        int bytes = 0;
        for (int i = 0; i < text.Length;)
        {
            int length = char.IsHighSurrogate(text[i]) ? 2 : 1;
            bytes += length == 2 ? 4 : text[i] < 0x80 ? 1 : text[i] < 0x800 ? 2 : 3;
            if (bytes > maxBytes)
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

    private static string Hash(string text) => $"~{StableHash.Of(text):x16}";
}
