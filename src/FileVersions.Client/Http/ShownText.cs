using System.Globalization;
using System.Text;

namespace FileVersions.Http;

/// <summary>Text from outside as it may stand in a message: whatever came in, one short line goes out.</summary>
internal static class ShownText
{
    private const int Longest = 120;

    /// <summary>A code, a header, a title.</summary>
    internal static string Of(string? text) => Of(text, Longest);

    /// <summary>An id. Blanks at its ends show: they are what is wrong with many an id.</summary>
    internal static string OfId(string? id)
    {
        string shown = Of(id, Longest);
        return shown.Length == 0 || id is null
            ? shown
            : (char.IsWhiteSpace(id[0]) ? " " : string.Empty) + shown + (id.Length <= Longest && char.IsWhiteSpace(id[id.Length - 1]) ? " " : string.Empty);
    }

    /// <summary>Any text. White space of any kind becomes one space; what steers a terminal becomes a question mark.</summary>
    internal static string Of(string? id, int longest)
    {
        if (id is null)
        {
            return string.Empty;
        }

        var text = new StringBuilder(id.Length < longest ? id.Length : longest + 1);
        foreach (char c in id)
        {
            if (text.Length == longest)
            {
                // Not between the halves of a character.
                text.Length -= char.IsHighSurrogate(text[longest - 1]) ? 1 : 0;
                return text.Append('…').ToString();
            }

            if (!char.IsWhiteSpace(c))
            {
                text.Append(Steers(c) ? '?' : c);
            }
            else if (text.Length > 0 && text[text.Length - 1] != ' ')
            {
                text.Append(' ');
            }
        }

        return text.ToString().TrimEnd();
    }

    // Control characters, and those that turn the direction of writing or cannot be seen.
    private static bool Steers(char c) => char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
