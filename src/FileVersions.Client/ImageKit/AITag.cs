using System.Globalization;
using FileVersions.Json;
using FileVersions.Services;

namespace FileVersions.ImageKit;

/// <summary>A tag that an automatic tagging service assigned to an image.</summary>
public sealed class AITag : ServiceObject, IHasColumns
{
    /// <summary>The tag.</summary>
    public string? Name { get; internal set; }

    /// <summary>The confidence of the tagging service in percent.</summary>
    public double? Confidence { get; internal set; }

    /// <summary>The tagging service, such as <c>google-auto-tagging</c>.</summary>
    public string? Source { get; internal set; }

    ColumnTable IHasColumns.GetColumns() => IKColumns.s_tag;

    /// <summary>The tag, with its confidence if that is known.</summary>
    public override string ToString() =>
        Confidence is { } percent ? string.Format(CultureInfo.InvariantCulture, "{0} ({1}%)", Name, percent) : Name ?? string.Empty;
}
