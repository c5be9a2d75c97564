using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FileVersions.Http;
using FileVersions.Json;
using FileVersions.Keeping;
using FileVersions.Services;

namespace FileVersions.ImageKit;

/// <summary>A version of a file in ImageKit. A property is null if the reply has no such field; ImageKit guarantees none.</summary>
/// <remarks>
/// Versions are ordered by file, number in the version name, dates and version id; unknown values come first. Versions that compare as equal are the same version
/// of the same file, even if different fields of them are known.
/// </remarks>
[SuppressMessage("Design", "CA1036:Override methods on comparable types", Justification = "An order for sorting, not an equality of values.")]
public sealed class IKFileVersion : ServiceObject, IFileVersion, IComparable<IKFileVersion>, IComparable
{
    private const string NumberedName = "Version ";

    /// <summary>The file's id in the reply, which may differ between versions of a file; the requested id if the reply has none.</summary>
    public string? FileId { get; internal set; }

    /// <inheritdoc/>
    public string? VersionId { get; internal set; }

    /// <summary>The version's name, such as <c>Version 2</c>. It belongs to the content: a version keeps its name when it is restored.</summary>
    public string? VersionName { get; internal set; }

    /// <summary><c>file</c> for the current version, <c>file-version</c> for a past one.</summary>
    public string? Type { get; internal set; }

    /// <summary>True for the current version, false for a past one, null if the reply has no known type.</summary>
    public bool? IsCurrent => Type switch
    {
        "file" => true,
        "file-version" => false,
        _ => null,
    };

    /// <summary><c>current</c> or <c>past</c>; null if unknown.</summary>
    public string? State => VersionText.State(IsCurrent, null);

    /// <inheritdoc/>
    public string? Name { get; internal set; }

    /// <summary>The path in the media library, such as <c>/banners/summer.jpg</c>.</summary>
    public string? FilePath { get; internal set; }

    /// <summary><c>image</c> or <c>non-image</c>.</summary>
    public string? FileType { get; internal set; }

    /// <summary>The MIME type.</summary>
    public string? Mime { get; internal set; }

    /// <inheritdoc/>
    public long? Size { get; internal set; }

    /// <summary>The width in pixels.</summary>
    public long? Width { get; internal set; }

    /// <summary>The height in pixels.</summary>
    public long? Height { get; internal set; }

    /// <summary>Whether the image has transparency.</summary>
    public bool? HasAlpha { get; internal set; }

    /// <summary>The tags that users assigned.</summary>
    public ValueList<string?>? Tags { get; internal set; }

    /// <summary>The tags that automatic tagging assigned.</summary>
    public ValueList<AITag>? AITags { get; internal set; }

    /// <summary>The area of interest: <c>x,y,width,height</c> in pixels.</summary>
    public string? CustomCoordinates { get; internal set; }

    /// <summary>The values of the account's own metadata fields, by name.</summary>
    public ValueMap? CustomMetadata { get; internal set; }

    /// <summary>The metadata in the file itself (EXIF, IPTC, XMP), by name.</summary>
    public ValueMap? EmbeddedMetadata { get; internal set; }

    /// <summary>The description.</summary>
    public string? Description { get; internal set; }

    /// <summary>The address of this version's content.</summary>
    public string? Url { get; internal set; }

    /// <summary>The address of a small picture of this version.</summary>
    public string? Thumbnail { get; internal set; }

    /// <summary>Whether the content can be fetched only with a signed address.</summary>
    public bool? IsPrivateFile { get; internal set; }

    /// <summary>Whether the file is published.</summary>
    public bool? IsPublished { get; internal set; }

    /// <summary>The duration in seconds; videos and audio only.</summary>
    public decimal? Duration { get; internal set; }

    /// <summary>The bit rate in kilobits per second; videos and audio only.</summary>
    public long? BitRate { get; internal set; }

    /// <summary>The video codec; videos only.</summary>
    public string? VideoCodec { get; internal set; }

    /// <summary>The audio codec; videos and audio only.</summary>
    public string? AudioCodec { get; internal set; }

    /// <summary>The creation date that ImageKit sent. In a past version it appears to be the time when the version was replaced.</summary>
    public DateTimeOffset? CreatedAt { get; internal set; }

    /// <summary>When the version was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; internal set; }

    internal IKConnection? Connection { get; set; }

    /// <inheritdoc cref="IFromService.GetConnection"/>
    public IKConnection? GetConnection() => Connection;

    ServiceConnection? IFromService.GetConnection() => Connection;

    ColumnTable IHasColumns.GetColumns() => IKColumns.Version;

    VersionEntry IFileVersion.ToEntry(object? source) => new(FileId ?? string.Empty, VersionId ?? string.Empty)
    {
        Name = Name,
        FilePath = FilePath,
        CreatedAt = CreatedAt,
        Number = GetNumber(),
        Size = Size,
        IsCurrent = IsCurrent == true,
        Source = source ?? this,
    };

    /// <inheritdoc/>
    public int CompareTo(IKFileVersion? other) =>
        other is null
            ? 1
            : VersionOrder.First(
                VersionOrder.CompareIds(FileId, other.FileId),
                Nullable.Compare(GetNumber(), other.GetNumber()),
                Nullable.Compare(CreatedAt, other.CreatedAt),
                Nullable.Compare(UpdatedAt, other.UpdatedAt),
                VersionOrder.CompareIds(VersionId, other.VersionId));

    /// <inheritdoc/>
    public int CompareTo(object? obj) => VersionOrder.Compare(this, obj);

    /// <summary>One line with the file's name and the version's name, id, date and size, as far as they are known.</summary>
    public override string ToString() => VersionText.Describe(Name ?? FileId, VersionName, VersionId, UpdatedAt ?? CreatedAt, Size);

    // "Version 3" has the number 3.
    private long? GetNumber() =>
        VersionName?.StartsWith(NumberedName, StringComparison.Ordinal) == true
        && long.TryParse(VersionName.Substring(NumberedName.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;
}
