using System.Globalization;
using System.Text;

namespace FileVersions.Http.Errors;

/// <summary>Makes text from outside safe to show in a message: one short line without control characters.</summary>
internal static class DisplayText
{
    internal const int MaxLength = 120;

    /// <summary>Cleans an id. A space at either end is kept, because it is often the reason why an id is not found.</summary>
    internal static string OfId(string? id)
    {
        string shown = Of(id);
        return shown.Length == 0 || id is null
            ? shown
            : (char.IsWhiteSpace(id[0]) ? " " : string.Empty) + shown + (id.Length <= MaxLength && char.IsWhiteSpace(id[id.Length - 1]) ? " " : string.Empty);
    }

    /// <summary>Cleans any text. A run of white space becomes one space; a character that can control a terminal becomes a question mark.</summary>
    internal static string Of(string? text, int maxLength = MaxLength)
    {
        if (text is null)
        {
            return string.Empty;
        }

        var shown = new StringBuilder(text.Length < maxLength ? text.Length : maxLength + 1);
        foreach (char c in text)
        {
            if (shown.Length == maxLength)
            {
                // Never cut between the two halves of a surrogate pair.
                shown.Length -= char.IsHighSurrogate(shown[maxLength - 1]) ? 1 : 0;
                return shown.Append('…').ToString();
            }

            if (!char.IsWhiteSpace(c))
            {
                shown.Append(IsControl(c) ? '?' : c);
            }
            else if (shown.Length > 0 && shown[shown.Length - 1] != ' ')
            {
                shown.Append(' ');
            }
        }

        return shown.ToString().TrimEnd();
    }

    // Format characters are invisible or change the direction of writing.
    private static bool IsControl(char c) => char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
