using System.Collections.Generic;

namespace FileVersions.ImageKit;

/// <summary>The part of a reply that names the version.</summary>
internal sealed class IKVersionInfo
{
    internal string? Id { get; set; }

    internal string? Name { get; set; }

    internal Dictionary<string, object?>? Additional { get; set; }

    internal ValueMap? GetAdditionalFields() =>
        Additional is { } fields ? new ValueMap([.. fields]) : null;
}
