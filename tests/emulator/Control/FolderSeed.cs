using System;
using System.Collections.Generic;

namespace FileVersions.Emulator.Control;

/// <summary>A Box folder to be made, with what it contains.</summary>
internal sealed record FolderSeed
{
    /// <summary>The folder's id; made up from its place and name when null.</summary>
    public string? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>The folder that contains it, unless another seed does; the root folder when null.</summary>
    public string? ParentId { get; init; }

    /// <summary>When it was made; made up when null.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    public IReadOnlyList<FileSeed> Files { get; init; } = [];

    public IReadOnlyList<FolderSeed> Folders { get; init; } = [];

    /// <summary>Whether the event log gets the events that led to these files and folders. Read from the outermost folder.</summary>
    public bool Events { get; init; }

    /// <summary>The names of web links.</summary>
    public IReadOnlyList<string> WebLinks { get; init; } = [];
}
