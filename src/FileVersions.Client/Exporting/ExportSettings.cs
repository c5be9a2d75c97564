using System.Text;
using FileVersions.Json;
using FileVersions.Services;

namespace FileVersions.Exporting;

/// <summary>The settings that determine the content of an exported file. A file can be resumed only with the same settings.</summary>
public sealed class ExportSettings
{
    private const int Version = 1;

    /// <summary>Creates settings.</summary>
    /// <param name="service">The name of the service.</param>
    /// <param name="format">The format of the file.</param>
    /// <param name="columns">The columns of the service's versions.</param>
    /// <param name="includeCurrent">Whether current versions are exported in addition to those that the service lists.</param>
    public ExportSettings(string service, ExportFormat format, ColumnTable columns, bool includeCurrent)
    {
        Format = format;
        Columns = columns;
        IncludeCurrent = includeCurrent;
        Formatter = format == ExportFormat.Csv ? new CsvFormatter() : new JsonLinesFormatter();
        Text = ToText(service);
    }

    /// <summary>The format of the file.</summary>
    public ExportFormat Format { get; }

    /// <summary>The columns of a version.</summary>
    public ColumnTable Columns { get; }

    /// <summary>Whether current versions are exported in addition to those that the service lists.</summary>
    public bool IncludeCurrent { get; }

    /// <summary>The settings as one line of JSON. Settings with the same text are equal.</summary>
    public string Text { get; }

    internal IRowFormatter Formatter { get; }

    /// <summary>The format that the extension of a path names: <c>.jsonl</c>, <c>.ndjson</c> or <c>.csv</c>.</summary>
    /// <exception cref="FileVersionException">The extension is unknown (<see cref="FileVersionErrorKind.InvalidRequest"/>).</exception>
    public static ExportFormat FormatOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".CSV" => ExportFormat.Csv,
        ".JSONL" or ".NDJSON" => ExportFormat.JsonLines,
        _ => throw new FileVersionException(FileVersionErrorKind.InvalidRequest, Texts.ExportingExtensionUnknown.FormatWith(path)),
    };

    private string ToText(string service) => Encoding.UTF8.GetString(JsonBytes.WriteObject(json =>
    {
        json.WriteNumber("export", Version);
        json.WriteString("service", service);
        json.WriteString("format", Format.ToString());
        json.WriteString("columns", string.Join(",", Columns.Names));
        json.WriteBoolean("includeCurrent", IncludeCurrent);
    }));
}
