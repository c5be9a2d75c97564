using FileVersions.Http;
using FileVersions.Json;
using FileVersions.Services;

namespace FileVersions.ImageKit;

/// <summary>A file in ImageKit. A property is null if the reply has no such field; ImageKit guarantees none.</summary>
public sealed class IKFile : ServiceObject, IFromService
{
    /// <summary>The file's id.</summary>
    public string? FileId { get; internal set; }

    /// <summary>The file's name.</summary>
    public string? Name { get; internal set; }

    /// <summary>The path in the media library, such as <c>/banners/summer.jpg</c>.</summary>
    public string? FilePath { get; internal set; }

    /// <summary>The size in bytes.</summary>
    public long? Size { get; internal set; }

    /// <summary><c>image</c> or <c>non-image</c>.</summary>
    public string? FileType { get; internal set; }

    /// <summary>The MIME type.</summary>
    public string? Mime { get; internal set; }

    /// <summary>The width in pixels.</summary>
    public long? Width { get; internal set; }

    /// <summary>The height in pixels.</summary>
    public long? Height { get; internal set; }

    /// <summary>The tags that users assigned.</summary>
    public ValueList<string?>? Tags { get; internal set; }

    /// <summary>The address of the file's content.</summary>
    public string? Url { get; internal set; }

    /// <summary>The id of the current version.</summary>
    public string? CurrentVersionId { get; internal set; }

    /// <summary>The name of the current version, such as <c>Version 2</c>.</summary>
    public string? VersionName { get; internal set; }

    /// <summary>Whether the content can be fetched only with a signed address.</summary>
    public bool? IsPrivateFile { get; internal set; }

    /// <summary>The area of interest: <c>x,y,width,height</c> in pixels.</summary>
    public string? CustomCoordinates { get; internal set; }

    /// <summary>The values of the account's own metadata fields, by name.</summary>
    public ValueMap? CustomMetadata { get; internal set; }

    /// <summary>When the file was first uploaded.</summary>
    public DateTimeOffset? CreatedAt { get; internal set; }

    /// <summary>When the file was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; internal set; }

    internal IKConnection? Connection { get; set; }

    /// <inheritdoc cref="IFromService.GetConnection"/>
    public IKConnection? GetConnection() => Connection;

    ServiceConnection? IFromService.GetConnection() => Connection;

    /// <summary>The path, or the name or id if it is unknown.</summary>
    public override string ToString() => FilePath ?? Name ?? FileId ?? string.Empty;
}
