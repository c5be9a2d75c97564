namespace FileVersions.Emulator.Control;

/// <summary>A Box folder to create, with its contents.</summary>
internal sealed record FolderSeed
{
    /// <summary>The folder's id; generated from its place and name when null.</summary>
    public string? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>The parent folder, unless the seed is part of another one; the root folder when null.</summary>
    public string? ParentId { get; init; }

    /// <summary>When it was created; generated when null.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    public IReadOnlyList<FileSeed> Files { get; init; } = [];

    public IReadOnlyList<FolderSeed> Folders { get; init; } = [];

    /// <summary>Whether the event log gets the events that led to these files and folders. Only the outermost seed's value counts.</summary>
    public bool Events { get; init; }

    /// <summary>The names of web links.</summary>
    public IReadOnlyList<string> WebLinks { get; init; } = [];
}
