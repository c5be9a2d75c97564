using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FileVersions.Services;

namespace FileVersions.Exporting;

/// <summary>Formats each object as a line of JSON. Dates are ISO 8601 with their offset.</summary>
internal sealed class JsonLinesFormatter : IRowFormatter
{
    private const int TypicalRowLength = 512;

    // The output is a file, never part of a web page, so text stays readable.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public byte[] FormatHeader(ColumnTable columns) => [];

    public byte[] Format(IReadOnlyList<IHasColumns> rows)
    {
        using var lines = new MemoryStream(rows.Count * TypicalRowLength);
        using var json = new Utf8JsonWriter(lines, s_options);
        for (int i = 0; i < rows.Count; i++)
        {
            WriteObject(json, rows[i]);
            json.Flush();
            json.Reset();
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    private static void WriteObject(Utf8JsonWriter json, IHasColumns row)
    {
        ColumnTable columns = row.GetColumns();
        JsonEncodedText[] names = columns.EncodedNames;
        IReadOnlyDictionary<string, object?>? additional = row.GetAdditionalFields();
        HashSet<string>? taken = additional is null ? null : new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        json.WriteStartObject();
        for (int i = 0; i < names.Length; i++)
        {
            object? value = columns.GetValue(row, i);
            if (taken is not null)
            {
                // If a column has no value, a field of the same name, which had an unexpected form, takes its place.
                if (value is null && additional!.Keys.Contains(columns.Names[i], StringComparer.OrdinalIgnoreCase))
                {
                    continue;
                }

                taken.Add(columns.Names[i]);
            }

            json.WritePropertyName(names[i]);
            WriteValue(json, value);
        }

        if (additional is not null)
        {
            WriteAdditional(json, additional, taken!);
        }

        json.WriteEndObject();
    }

    // Names that differ only in case would make the line unreadable for many programs.
    private static void WriteAdditional(Utf8JsonWriter json, IReadOnlyDictionary<string, object?> fields, HashSet<string> taken)
    {
        foreach (KeyValuePair<string, object?> field in fields)
        {
            string name = field.Key;
            while (name.Length == 0 || !taken.Add(name))
            {
                name += "_";
            }

            json.WritePropertyName(name);
            WriteValue(json, field.Value);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case DateTimeOffset date:
                json.WriteStringValue(date);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case IHasColumns part:
                WriteObject(json, part);
                break;
            case IDictionary map:
                WriteMap(json, map);
                break;
            case IEnumerable items:
                json.WriteStartArray();
                foreach (object? item in items)
                {
                    WriteValue(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteMap(Utf8JsonWriter json, IDictionary map)
    {
        json.WriteStartObject();
        foreach (DictionaryEntry field in map)
        {
            json.WritePropertyName((string)field.Key);
            WriteValue(json, field.Value);
        }

        json.WriteEndObject();
    }
}
