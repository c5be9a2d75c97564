using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;
using FileVersions.Json;

namespace FileVersions.Box;

/// <summary>A Box user as a version names one.</summary>
public sealed class BoxUser
{
    /// <summary>The user's id.</summary>
    [JsonPropertyName("id")]
    [JsonInclude]
    [JsonConverter(typeof(SharedStringConverter))]
    public string? Id { get; internal set; }

    /// <summary>The display name.</summary>
    [JsonPropertyName("name")]
    [JsonInclude]
    [JsonConverter(typeof(SharedStringConverter))]
    public string? Name { get; internal set; }

    /// <summary>The e-mail address that the user signs in with.</summary>
    [JsonPropertyName("login")]
    [JsonInclude]
    [JsonConverter(typeof(SharedStringConverter))]
    public string? Login { get; internal set; }

    [JsonPropertyName("type")]
    [JsonInclude]
    [JsonConverter(typeof(SharedStringConverter))]
    internal string? WireType { get; set; }

    [JsonExtensionData]
    [JsonInclude]
    internal Dictionary<string, JsonElement>? Additional { get; set; }

    /// <summary>What the reply held about this user and no property names, by the reply's own names; null when there is nothing.</summary>
    public IReadOnlyDictionary<string, object?>? GetAdditionalFields() =>
        AdditionalFields.From(Additional, ("type", WireType == "user" ? null : WireType));

    /// <summary>The name with the login, or whichever of the two is known.</summary>
    public override string ToString() =>
        Name is null || Login is null ? Name ?? Login ?? Id ?? string.Empty : $"{Name} <{Login}>";
}
