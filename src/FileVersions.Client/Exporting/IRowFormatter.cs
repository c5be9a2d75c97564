using FileVersions.Services;

namespace FileVersions.Exporting;

/// <summary>Formats objects as lines of a file, in UTF-8. The result does not depend on the culture.</summary>
internal interface IRowFormatter
{
    /// <summary>The line before the first row; empty if the format has none.</summary>
    byte[] FormatHeader(ColumnTable columns);

    /// <summary>Formats rows, one line each.</summary>
    byte[] Format(IReadOnlyList<IHasColumns> rows);
}
