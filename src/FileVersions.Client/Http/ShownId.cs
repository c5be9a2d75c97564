using System.Text;

namespace FileVersions.Http;

/// <summary>An id as it may stand in a message: whatever came in, one short line goes out.</summary>
internal static class ShownId
{
    private const int Longest = 120;

    internal static string Of(string? id)
    {
        if (id is null)
        {
            return string.Empty;
        }

        var text = new StringBuilder(id.Length < Longest ? id.Length : Longest + 1);
        foreach (char c in id)
        {
            if (text.Length == Longest)
            {
                return text.Append('…').ToString();
            }

            text.Append(char.IsControl(c) ? '?' : c);
        }

        return text.ToString();
    }
}
