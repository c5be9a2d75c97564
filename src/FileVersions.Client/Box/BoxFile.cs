using System;
using System.Text.Json.Serialization;
using FileVersions.Json;

namespace FileVersions.Box;

/// <summary>
/// A file, as Box sends it, with what it tells about its current version. When that version was made is not in it: the file's
/// own <c>created_at</c> is the file's.
/// </summary>
internal sealed class BoxFile
{
    [JsonPropertyName("file_version")]
    [JsonInclude]
    internal BoxFileVersion? CurrentVersion { get; set; }

    [JsonPropertyName("name")]
    [JsonInclude]
    [JsonConverter(typeof(TextConverter))]
    internal string? Name { get; set; }

    [JsonPropertyName("size")]
    [JsonInclude]
    internal WireInteger Size { get; set; }

    [JsonPropertyName("sha1")]
    [JsonInclude]
    [JsonConverter(typeof(TextConverter))]
    internal string? Sha1 { get; set; }

    [JsonPropertyName("version_number")]
    [JsonInclude]
    [JsonConverter(typeof(TextConverter))]
    internal string? VersionNumber { get; set; }

    [JsonPropertyName("modified_at")]
    [JsonInclude]
    [JsonConverter(typeof(DateConverter))]
    internal DateTimeOffset? ModifiedAt { get; set; }

    [JsonPropertyName("modified_by")]
    [JsonInclude]
    internal BoxUser? ModifiedBy { get; set; }

    [JsonPropertyName("uploader_display_name")]
    [JsonInclude]
    [JsonConverter(typeof(TextConverter))]
    internal string? UploaderDisplayName { get; set; }

    [JsonPropertyName("trashed_at")]
    [JsonInclude]
    [JsonConverter(typeof(DateConverter))]
    internal DateTimeOffset? TrashedAt { get; set; }

    [JsonPropertyName("purged_at")]
    [JsonInclude]
    [JsonConverter(typeof(DateConverter))]
    internal DateTimeOffset? PurgedAt { get; set; }

    /// <summary>The current version; null when the reply names none.</summary>
    internal BoxFileVersion? ToCurrentVersion()
    {
        if (CurrentVersion is not { VersionId: not null } version)
        {
            return null;
        }

        version.Name ??= Name;
        version.WireSize = Size;
        version.Sha1 ??= Sha1;
        version.VersionNumber ??= VersionNumber;
        version.ModifiedAt ??= ModifiedAt;
        version.ModifiedBy ??= ModifiedBy;
        version.UploaderDisplayName ??= UploaderDisplayName;
        version.TrashedAt ??= TrashedAt;
        version.PurgedAt ??= PurgedAt;
        version.IsCurrent = true;
        return version;
    }
}
