using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;
using FileVersions.Json;

namespace FileVersions.ImageKit;

/// <summary>The part of a reply that names the version.</summary>
internal sealed class IKVersionInfo
{
    [JsonPropertyName("id")]
    [JsonInclude]
    [JsonConverter(typeof(TextConverter))]
    internal string? Id { get; set; }

    [JsonPropertyName("name")]
    [JsonInclude]
    [JsonConverter(typeof(SharedStringConverter))]
    internal string? Name { get; set; }

    [JsonExtensionData]
    [JsonInclude]
    internal Dictionary<string, JsonElement>? Additional { get; set; }

    internal ValueMap? GetAdditionalFields() =>
        AdditionalFields.From(Additional) is { } fields ? new ValueMap([.. fields]) : null;
}
