using System;
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
    /// <summary>When it last became the current version: by its upload or by a restore.</summary>
    internal DateTime CurrentSince { get; init; } = UploadedAt;

    /// <summary>When another version took its place; null for the current version.</summary>
    internal DateTime? ReplacedAt { get; init; }

    /// <summary>Null for those made up by <see cref="IKGenerator.Attributes"/>.</summary>
    internal IKAttributes? Attributes { get; init; }

    /// <summary><c>createdAt</c> as a seed states it; null to derive it.</summary>
    internal DateTime? StatedCreatedAt { get; init; }

    /// <summary><c>updatedAt</c> as a seed states it; null to derive it.</summary>
    internal DateTime? StatedUpdatedAt { get; init; }

    /// <summary>Properties to add, or to write in place of those of the same name.</summary>
    internal JsonObject? Extra { get; init; }

    /// <summary>JSON to write in place of the whole version.</summary>
    internal JsonNode? Raw { get; init; }

    internal bool IsCurrent => ReplacedAt is null;
}
