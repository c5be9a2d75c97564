namespace FileVersions.Exporting;

/// <summary>The format of an exported file.</summary>
public enum ExportFormat
{
    /// <summary>One JSON object a line, with all fields that the service sent.</summary>
    JsonLines,

    /// <summary>Comma-separated values as in RFC 4180, with a header and the documented fields.</summary>
    Csv,
}
