using System;
using System.Text.Json.Nodes;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.ImageKit;

/// <summary>One version of an ImageKit file.</summary>
internal sealed record IKVersion(string Id, int Number, string Name, Content Content, DateTime CreatedAt, DateTime UpdatedAt)
{
    /// <summary>Properties that are written as they are, in place of those of the same name.</summary>
    internal JsonObject? Extra { get; init; }

    /// <summary>JSON written in place of the whole version.</summary>
    internal JsonNode? Raw { get; init; }
}
