using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FileVersions.Http;
using FileVersions.Json;
using FileVersions.Keeping;
using FileVersions.Services;

namespace FileVersions.ImageKit;

/// <summary>A version of a file in ImageKit. ImageKit promises no field: what the reply did not hold is null.</summary>
/// <remarks>
/// Versions compare by file, then by date. What is not known comes first. Versions that compare as equal are the same version of
/// the same file, though what is known of them may differ.
/// </remarks>
[SuppressMessage("Design", "CA1036:Override methods on comparable types", Justification = "An order for sorting, not an equality of values.")]
public sealed class IKFileVersion : IFileVersion, IComparable<IKFileVersion>, IComparable
{
    /// <summary>The id that the service replied with, which may differ between versions; where the reply has none, the id asked for.</summary>
    public string? FileId { get; internal set; }

    /// <summary>The version's id.</summary>
    public string? VersionId => WireVersionInfo?.Id;

    /// <summary>The version's name, such as <c>Version 2</c>.</summary>
    public string? VersionName => WireVersionInfo?.Name;

    /// <summary><c>file</c> for the current version, <c>file-version</c> for a past one.</summary>
    public string? Type { get; internal set; }

    /// <summary>True for the current version, false for a past one, null where the reply has no type.</summary>
    public bool? IsCurrent => Type switch
    {
        "file" => true,
        "file-version" => false,
        _ => null,
    };

    /// <summary><c>current</c> or <c>past</c>; null if unknown.</summary>
    public string? State => VersionState.Of(IsCurrent, null);

    /// <summary>The file's name at that version.</summary>
    public string? Name { get; internal set; }

    /// <summary>The path in the media library.</summary>
    public string? FilePath { get; internal set; }

    /// <summary><c>image</c> or <c>non-image</c>.</summary>
    public string? FileType { get; internal set; }

    /// <summary>The MIME type; absent from older replies.</summary>
    public string? Mime { get; internal set; }

    /// <summary>The size in bytes. A number that is not whole or beyond 64 bits stands in <see cref="GetAdditionalFields"/>.</summary>
    public long? Size { get; internal set; }

    /// <summary>The width in pixels. A number that is not whole stands in <see cref="GetAdditionalFields"/>.</summary>
    public long? Width { get; internal set; }

    /// <summary>The height in pixels. A number that is not whole stands in <see cref="GetAdditionalFields"/>.</summary>
    public long? Height { get; internal set; }

    /// <summary>Whether the image has transparency.</summary>
    public bool? HasAlpha { get; internal set; }

    /// <summary>The tags that people gave.</summary>
    public ValueList<string?>? Tags { get; internal set; }

    /// <summary>The tags that automatic tagging gave.</summary>
    public ValueList<AITag>? AITags { get; internal set; }

    /// <summary>The area of interest: <c>x,y,width,height</c> in pixels.</summary>
    public string? CustomCoordinates { get; internal set; }

    /// <summary>The account's own fields, by name.</summary>
    public ValueMap? CustomMetadata { get; internal set; }

    /// <summary>What the file itself tells (EXIF, IPTC, XMP), by name.</summary>
    public ValueMap? EmbeddedMetadata { get; internal set; }

    /// <summary>The description.</summary>
    public string? Description { get; internal set; }

    /// <summary>Where this very version can be had.</summary>
    public string? Url { get; internal set; }

    /// <summary>Where a small picture of this version can be had.</summary>
    public string? Thumbnail { get; internal set; }

    /// <summary>Whether the file needs a signed address.</summary>
    public bool? IsPrivateFile { get; internal set; }

    /// <summary>Whether the file is published; absent from older replies.</summary>
    public bool? IsPublished { get; internal set; }

    /// <summary>The length in seconds; media files only.</summary>
    public decimal? Duration { get; internal set; }

    /// <summary>The bit rate in kilobits a second; media files only. A number that is not whole stands in <see cref="GetAdditionalFields"/>.</summary>
    public long? BitRate { get; internal set; }

    /// <summary>The video codec; media files only.</summary>
    public string? VideoCodec { get; internal set; }

    /// <summary>The audio codec; media files only.</summary>
    public string? AudioCodec { get; internal set; }

    /// <summary>When the version was made.</summary>
    public DateTimeOffset? CreatedAt { get; internal set; }

    /// <summary>When the version was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; internal set; }

    internal IKConnection? Connection { get; set; }

    internal IKVersionInfo? WireVersionInfo { get; set; }

    internal Dictionary<string, object?>? Additional { get; set; }

    /// <summary>What the reply held and no property names, by the reply's own names; null when there is nothing.</summary>
    public IReadOnlyDictionary<string, object?>? GetAdditionalFields() =>
        AdditionalFields.From(Additional, "versionInfo", WireVersionInfo?.GetAdditionalFields());

    /// <summary>The account that the version was read with; null for a deserialised version.</summary>
    public IKConnection? GetConnection() => Connection;

    ServiceConnection? IFromService.GetConnection() => Connection;

    // "Version 3" has the number 3.
    VersionEntry IFileVersion.ToEntry(object? source) => new(FileId ?? string.Empty, VersionId ?? string.Empty)
    {
        Name = Name,
        FilePath = FilePath,
        CreatedAt = CreatedAt,
        Number = long.TryParse(
            VersionName?.Substring(VersionName.LastIndexOf(' ') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null,
        Size = Size,
        IsCurrent = IsCurrent == true,
        Source = source ?? this,
    };

    /// <inheritdoc/>
    public int CompareTo(IKFileVersion? other) =>
        other is null
            ? 1
            : VersionOrder.First(
                VersionOrder.OfIds(FileId, other.FileId),
                Nullable.Compare(CreatedAt, other.CreatedAt),
                Nullable.Compare(UpdatedAt, other.UpdatedAt),
                VersionOrder.OfIds(VersionId, other.VersionId));

    /// <inheritdoc/>
    public int CompareTo(object? obj) => VersionOrder.Compare(this, obj);

    /// <summary>One line: the file's name, the version's name, its id, date and size, as far as they are known.</summary>
    public override string ToString() => VersionText.Describe(Name ?? FileId, VersionName, VersionId, UpdatedAt ?? CreatedAt, Size);
}
