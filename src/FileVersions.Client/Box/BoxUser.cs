using FileVersions.Json;
using FileVersions.Services;

namespace FileVersions.Box;

/// <summary>A user in Box.</summary>
public sealed class BoxUser : ServiceObject, IHasColumns
{
    /// <summary>The user's id.</summary>
    public string? Id { get; internal set; }

    /// <summary>The display name.</summary>
    public string? Name { get; internal set; }

    /// <summary>The e-mail address that the user signs in with.</summary>
    public string? Login { get; internal set; }

    ColumnTable IHasColumns.GetColumns() => BoxColumns.s_user;

    /// <summary>The name and the login, or whichever of them is known, or the id.</summary>
    public override string ToString() =>
        Name is null || Login is null ? Name ?? Login ?? Id ?? string.Empty : $"{Name} <{Login}>";
}
