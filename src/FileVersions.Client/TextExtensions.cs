using System.Globalization;

namespace FileVersions;

/// <summary>Completes the texts that users see.</summary>
internal static class TextExtensions
{
    /// <summary>Fills in the placeholders of a text, in the user's culture.</summary>
    internal static string FormatWith(this string format, params object?[] values) => string.Format(CultureInfo.CurrentCulture, format, values);
}
