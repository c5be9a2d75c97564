using System.Collections.Generic;
using System.Globalization;

namespace FileVersions.ImageKit;

/// <summary>A tag that an automatic tagging service gave an image.</summary>
public sealed class AITag
{
    /// <summary>The tag.</summary>
    public string? Name { get; internal set; }

    /// <summary>How sure the service is, in per cent.</summary>
    public double? Confidence { get; internal set; }

    /// <summary>The service, such as <c>google-auto-tagging</c>.</summary>
    public string? Source { get; internal set; }

    internal Dictionary<string, object?>? Additional { get; set; }

    /// <summary>What the reply held about this tag and no property names; null when there is nothing.</summary>
    public IReadOnlyDictionary<string, object?>? GetAdditionalFields() => Additional;

    /// <summary>The tag, with its confidence where that is known.</summary>
    public override string ToString() =>
        Confidence is { } sure ? string.Format(CultureInfo.InvariantCulture, "{0} ({1}%)", Name, sure) : Name ?? string.Empty;
}
