using FileVersions.Http;
using FileVersions.Json;
using FileVersions.Services;

namespace FileVersions.Box;

/// <summary>A file in Box. A property is null if the reply has no such field.</summary>
public sealed class BoxFile : ServiceObject, IFromService
{
    /// <summary>The file's id.</summary>
    public string? FileId { get; internal set; }

    /// <summary>The file's name.</summary>
    public string? Name { get; internal set; }

    /// <summary>The path from the root folder that the account can see, such as <c>/Reports/q3.pdf</c>.</summary>
    public string? FilePath { get; internal set; }

    /// <summary>The id of the folder that contains the file; <c>0</c> for the root.</summary>
    public string? FolderId { get; internal set; }

    /// <summary>The size of the current version in bytes.</summary>
    public long? Size { get; internal set; }

    /// <summary>The SHA-1 of the current version in hexadecimal digits.</summary>
    public string? Sha1 { get; internal set; }

    /// <summary>The entity tag, which changes with every change of the file.</summary>
    public string? ETag { get; internal set; }

    /// <summary>The number of the current version, counted from 1.</summary>
    public long? VersionNumber { get; internal set; }

    /// <summary>The id of the current version.</summary>
    public string? CurrentVersionId { get; internal set; }

    /// <summary>Whether the content was ever replaced: true if the version number is above 1; null if the number is unknown.</summary>
    public bool? HasPastVersions => VersionNumber is { } number ? number > 1 : null;

    /// <summary>When the file was created on Box, with the offset that Box sent.</summary>
    public DateTimeOffset? CreatedAt { get; internal set; }

    /// <summary>When the file was last changed on Box, with the offset that Box sent.</summary>
    public DateTimeOffset? ModifiedAt { get; internal set; }

    /// <summary>The user who last changed the file.</summary>
    public BoxUser? ModifiedBy { get; internal set; }

    /// <summary>The path of the folder with a slash at both ends; null if the reply does not contain it.</summary>
    internal string? FolderPath { get; set; }

    internal BoxConnection? Connection { get; set; }

    /// <inheritdoc cref="IFromService.GetConnection"/>
    public BoxConnection? GetConnection() => Connection;

    ServiceConnection? IFromService.GetConnection() => Connection;

    /// <summary>The path, or the name or id if it is unknown.</summary>
    public override string ToString() => FilePath ?? Name ?? FileId ?? string.Empty;
}
