using System.Collections.Generic;
using FileVersions.Json;

namespace FileVersions.Box;

/// <summary>A Box user as a version names one.</summary>
public sealed class BoxUser
{
    /// <summary>The user's id.</summary>
    public string? Id { get; internal set; }

    /// <summary>The display name.</summary>
    public string? Name { get; internal set; }

    /// <summary>The e-mail address that the user signs in with.</summary>
    public string? Login { get; internal set; }

    internal string? WireType { get; set; }

    internal Dictionary<string, object?>? Additional { get; set; }

    /// <summary>What the reply held about this user and no property names, by the reply's own names; null when there is nothing.</summary>
    public IReadOnlyDictionary<string, object?>? GetAdditionalFields() =>
        AdditionalFields.From(Additional, "type", WireType == "user" ? null : WireType);

    /// <summary>The name with the login, or whichever of the two is known.</summary>
    public override string ToString() =>
        Name is null || Login is null ? Name ?? Login ?? Id ?? string.Empty : $"{Name} <{Login}>";
}
