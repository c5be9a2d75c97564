using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Control;

/// <summary>Events to add to Box's event log.</summary>
internal sealed record EventsSeed
{
    public IReadOnlyList<EventSeed> Events { get; init; } = [];

    /// <summary>Events to generate. They replace previously generated events.</summary>
    public GeneratedEventsSeed? Generated { get; init; }
}

/// <summary>An event to add.</summary>
internal sealed record EventSeed
{
    /// <summary>Such as <c>EDIT</c>.</summary>
    public required string Type { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who caused it; user 101 when null.</summary>
    public Account? CreatedBy { get; init; }

    /// <summary><c>file</c>, <c>folder</c>, or null for an event without a source.</summary>
    public string? ItemType { get; init; } = "file";

    /// <summary>The id of the file or folder, which need not exist.</summary>
    public string ItemId { get; init; } = "";

    /// <summary>The name; that of the file or folder when null.</summary>
    public string? ItemName { get; init; }

    /// <summary>The version; the current one of the file when null.</summary>
    public string? VersionId { get; init; }
}

/// <summary>Events to generate for the files of a generated tree.</summary>
internal sealed record GeneratedEventsSeed
{
    public required int Count { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>The id of the tree's root folder.</summary>
    public required string Root { get; init; }
}
