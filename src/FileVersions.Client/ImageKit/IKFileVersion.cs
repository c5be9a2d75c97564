using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using FileVersions.Json;

namespace FileVersions.ImageKit;

/// <summary>A version of a file in ImageKit. ImageKit promises no field: what the reply did not hold is null.</summary>
/// <remarks>
/// Versions compare by file, then by date. What is not known comes first. Versions that compare as equal are the same version of
/// the same file, though what is known of them may differ.
/// </remarks>
[SuppressMessage("Design", "CA1036:Override methods on comparable types", Justification = "An order for sorting, not an equality of values.")]
public sealed class IKFileVersion : IComparable<IKFileVersion>, IComparable
{
    /// <summary>The id that the service replied with, which may differ between versions; where the reply has none, the id asked for.</summary>
    [JsonPropertyName("fileId")]
    [JsonInclude]
    [JsonConverter(typeof(SharedStringConverter))]
    public string? FileId { get; internal set; }

    /// <summary>The version's id.</summary>
    [JsonIgnore]
    public string? VersionId => WireVersionInfo?.Id;

    /// <summary>The version's name, such as <c>Version 2</c>.</summary>
    [JsonIgnore]
    public string? VersionName => WireVersionInfo?.Name;

    /// <summary><c>file</c> for the current version, <c>file-version</c> for a past one.</summary>
    [JsonPropertyName("type")]
    [JsonInclude]
    [JsonConverter(typeof(SharedStringConverter))]
    public string? Type { get; internal set; }

    /// <summary>True for the current version, false for a past one, null where the reply has no type.</summary>
    [JsonIgnore]
    public bool? IsCurrent => Type switch
    {
        "file" => true,
        "file-version" => false,
        _ => null,
    };

    /// <summary>The file's name at that version.</summary>
    [JsonPropertyName("name")]
    [JsonInclude]
    [JsonConverter(typeof(SharedStringConverter))]
    public string? Name { get; internal set; }

    /// <summary>The path in the media library.</summary>
    [JsonPropertyName("filePath")]
    [JsonInclude]
    [JsonConverter(typeof(SharedStringConverter))]
    public string? FilePath { get; internal set; }

    /// <summary><c>image</c> or <c>non-image</c>.</summary>
    [JsonPropertyName("fileType")]
    [JsonInclude]
    [JsonConverter(typeof(SharedStringConverter))]
    public string? FileType { get; internal set; }

    /// <summary>The MIME type; absent from older replies.</summary>
    [JsonPropertyName("mime")]
    [JsonInclude]
    [JsonConverter(typeof(SharedStringConverter))]
    public string? Mime { get; internal set; }

    /// <summary>The size in bytes. A number that is not whole or beyond 64 bits stands in <see cref="GetAdditionalFields"/>.</summary>
    [JsonIgnore]
    public long? Size => WireSize.Value;

    /// <summary>The width in pixels.</summary>
    [JsonPropertyName("width")]
    [JsonInclude]
    public decimal? Width { get; internal set; }

    /// <summary>The height in pixels.</summary>
    [JsonPropertyName("height")]
    [JsonInclude]
    public decimal? Height { get; internal set; }

    /// <summary>Whether the image has transparency.</summary>
    [JsonPropertyName("hasAlpha")]
    [JsonInclude]
    public bool? HasAlpha { get; internal set; }

    /// <summary>The tags that people gave.</summary>
    [JsonPropertyName("tags")]
    [JsonInclude]
    [JsonConverter(typeof(TextListConverter))]
    public ValueList<string?>? Tags { get; internal set; }

    /// <summary>The tags that automatic tagging gave.</summary>
    [JsonPropertyName("AITags")]
    [JsonInclude]
    [JsonConverter(typeof(AITagListConverter))]
    public ValueList<AITag>? AITags { get; internal set; }

    /// <summary>The area of interest: <c>x,y,width,height</c> in pixels.</summary>
    [JsonPropertyName("customCoordinates")]
    [JsonInclude]
    [JsonConverter(typeof(TextConverter))]
    public string? CustomCoordinates { get; internal set; }

    /// <summary>The account's own fields, by name.</summary>
    [JsonPropertyName("customMetadata")]
    [JsonInclude]
    [JsonConverter(typeof(ValueMapConverter))]
    public ValueMap? CustomMetadata { get; internal set; }

    /// <summary>What the file itself tells (EXIF, IPTC, XMP), by name.</summary>
    [JsonPropertyName("embeddedMetadata")]
    [JsonInclude]
    [JsonConverter(typeof(ValueMapConverter))]
    public ValueMap? EmbeddedMetadata { get; internal set; }

    /// <summary>The description.</summary>
    [JsonPropertyName("description")]
    [JsonInclude]
    [JsonConverter(typeof(TextConverter))]
    public string? Description { get; internal set; }

    /// <summary>Where this very version can be had.</summary>
    [JsonPropertyName("url")]
    [JsonInclude]
    [JsonConverter(typeof(TextConverter))]
    public string? Url { get; internal set; }

    /// <summary>Where a small picture of this version can be had.</summary>
    [JsonPropertyName("thumbnail")]
    [JsonInclude]
    [JsonConverter(typeof(TextConverter))]
    public string? Thumbnail { get; internal set; }

    /// <summary>Whether the file needs a signed address.</summary>
    [JsonPropertyName("isPrivateFile")]
    [JsonInclude]
    public bool? IsPrivateFile { get; internal set; }

    /// <summary>Whether the file is published; absent from older replies.</summary>
    [JsonPropertyName("isPublished")]
    [JsonInclude]
    public bool? IsPublished { get; internal set; }

    /// <summary>The length in seconds; media files only.</summary>
    [JsonPropertyName("duration")]
    [JsonInclude]
    public decimal? Duration { get; internal set; }

    /// <summary>The bit rate in kilobits a second; media files only.</summary>
    [JsonPropertyName("bitRate")]
    [JsonInclude]
    public decimal? BitRate { get; internal set; }

    /// <summary>The video codec; media files only.</summary>
    [JsonPropertyName("videoCodec")]
    [JsonInclude]
    [JsonConverter(typeof(SharedStringConverter))]
    public string? VideoCodec { get; internal set; }

    /// <summary>The audio codec; media files only.</summary>
    [JsonPropertyName("audioCodec")]
    [JsonInclude]
    [JsonConverter(typeof(SharedStringConverter))]
    public string? AudioCodec { get; internal set; }

    /// <summary>When the version was made.</summary>
    [JsonPropertyName("createdAt")]
    [JsonInclude]
    [JsonConverter(typeof(DateConverter))]
    public DateTimeOffset? CreatedAt { get; internal set; }

    /// <summary>When the version was last changed.</summary>
    [JsonPropertyName("updatedAt")]
    [JsonInclude]
    [JsonConverter(typeof(DateConverter))]
    public DateTimeOffset? UpdatedAt { get; internal set; }

    [JsonPropertyName("size")]
    [JsonInclude]
    internal WireInteger WireSize { get; set; }

    [JsonPropertyName("versionInfo")]
    [JsonInclude]
    internal IKVersionInfo? WireVersionInfo { get; set; }

    [JsonExtensionData]
    [JsonInclude]
    internal Dictionary<string, JsonElement>? Additional { get; set; }

    /// <summary>What the reply held and no property names, by the reply's own names; null when there is nothing.</summary>
    public IReadOnlyDictionary<string, object?>? GetAdditionalFields() =>
        AdditionalFields.From(Additional, ("size", WireSize.Other), ("versionInfo", WireVersionInfo?.GetAdditionalFields()));

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
