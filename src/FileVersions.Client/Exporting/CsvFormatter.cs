using System.Globalization;
using System.Text;
using FileVersions.Services;

namespace FileVersions.Exporting;

/// <summary>
/// Formats objects as comma-separated values, as in RFC 4180. Objects and lists inside a row are written as their text. A value is
/// written as it is, even if a spreadsheet would interpret it as a formula: the file can be read back without loss.
/// </summary>
internal sealed class CsvFormatter : IRowFormatter
{
    private const string LineEnd = "\r\n";
    private const string DateFormat = "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz";

    private static readonly char[] s_quoted = ['"', ',', '\r', '\n'];
    private static readonly Encoding s_utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public byte[] FormatHeader(ColumnTable columns) => s_utf8.GetBytes(string.Join(",", columns.Names) + LineEnd);

    public byte[] Format(IReadOnlyList<IHasColumns> rows)
    {
        var text = new StringBuilder();
        for (int i = 0; i < rows.Count; i++)
        {
            IHasColumns row = rows[i];
            ColumnTable columns = row.GetColumns();
            for (int column = 0; column < columns.Names.Count; column++)
            {
                if (column > 0)
                {
                    text.Append(',');
                }

                AppendValue(text, ToText(columns.GetValue(row, column)));
            }

            text.Append(LineEnd);
        }

        return s_utf8.GetBytes(text.ToString());
    }

    private static string? ToText(object? value) =>
        value is DateTimeOffset date
            ? date.ToString(DateFormat, CultureInfo.InvariantCulture)
            : Convert.ToString(value, CultureInfo.InvariantCulture);

    // Readers may trim a value that is not quoted, and an empty line is no row.
    private static void AppendValue(StringBuilder text, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        if (value!.IndexOfAny(s_quoted) < 0 && !char.IsWhiteSpace(value[0]) && !char.IsWhiteSpace(value[value.Length - 1]))
        {
            text.Append(value);
            return;
        }

        text.Append('"').Append(value.Replace("\"", "\"\"")).Append('"');
    }
}
