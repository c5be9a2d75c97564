using System.Text.Json.Nodes;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.ImageKit;

/// <summary>One version of an ImageKit file.</summary>
/// <param name="Id"><c>versionInfo.id</c>.</param>
/// <param name="Number">The N of "Version N". It belongs to the content.</param>
/// <param name="Name">The file name.</param>
/// <param name="Content">The bytes.</param>
/// <param name="UploadedAt">When the content was uploaded.</param>
internal sealed record IKVersion(string Id, int Number, string Name, Content Content, DateTime UploadedAt)
{
    /// <summary>When it last became the current version by upload or restore.</summary>
    internal DateTime CurrentSince { get; init; } = UploadedAt;

    /// <summary>When it was replaced; null for the current version.</summary>
    internal DateTime? ReplacedAt { get; init; }

    /// <summary>Null for generated attributes (<see cref="IKGenerator.Attributes"/>).</summary>
    internal IKAttributes? Attributes { get; init; }

    /// <summary>The seeded <c>createdAt</c>; null to derive it.</summary>
    internal DateTime? StatedCreatedAt { get; init; }

    /// <summary>The seeded <c>updatedAt</c>; null to derive it.</summary>
    internal DateTime? StatedUpdatedAt { get; init; }

    /// <summary>Properties to replace or to add.</summary>
    internal JsonObject? Extra { get; init; }

    /// <summary>JSON that replaces the whole version.</summary>
    internal JsonNode? Raw { get; init; }

    internal bool IsCurrent => ReplacedAt is null;
}
