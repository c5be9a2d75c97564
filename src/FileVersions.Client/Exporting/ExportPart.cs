namespace FileVersions.Exporting;

/// <summary>A part of the export of one file: some of its versions, its end, or its error. The parts of a file follow each other.</summary>
public sealed class ExportPart
{
    /// <summary>The id of the file.</summary>
    public string FileId { get; init; } = string.Empty;

    /// <summary>Versions as lines of the exported file; null if there are none.</summary>
    public byte[]? Content { get; init; }

    /// <summary>The number of versions in <see cref="Content"/>.</summary>
    public int Versions { get; init; }

    /// <summary>Whether this is the last part of the file.</summary>
    public bool IsLast { get; init; }

    /// <summary>The kind of the error that ended the file; null if it succeeded.</summary>
    public FileVersionErrorKind? ErrorKind { get; init; }

    /// <summary>The message of the error; null if the file succeeded.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Creates the last part of a file that failed.</summary>
    /// <param name="fileId">The id of the file.</param>
    /// <param name="error">The error.</param>
    public static ExportPart OfError(string fileId, FileVersionException error) =>
        new() { FileId = fileId, IsLast = true, ErrorKind = error.Kind, ErrorMessage = error.Message };
}
