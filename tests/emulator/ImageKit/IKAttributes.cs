using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace FileVersions.Emulator.ImageKit;

/// <summary>The attributes that an upload can set on a version.</summary>
internal sealed record IKAttributes
{
    /// <summary>The attributes of a version whose upload sent none.</summary>
    internal static readonly IKAttributes Default = new();

    /// <summary>Whether downloads need a signed address.</summary>
    internal bool IsPrivate { get; init; }

    internal bool IsPublished { get; init; } = true;

    internal ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The names of the automatically recognized tags.</summary>
    internal ImmutableArray<string> AITags { get; init; } = [];

    /// <summary>Never changed in place; null is written as an empty object.</summary>
    internal JsonObject? CustomMetadata { get; init; }

    /// <summary><c>x,y,width,height</c>, or an empty text.</summary>
    internal string CustomCoordinates { get; init; } = "";

    /// <summary>Null is omitted from replies.</summary>
    internal string? Description { get; init; }
}
