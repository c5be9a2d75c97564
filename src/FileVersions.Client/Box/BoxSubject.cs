namespace FileVersions.Box;

/// <summary>The enterprise or user that an application signs in for.</summary>
public sealed class BoxSubject
{
    private BoxSubject(string type, string id)
    {
        Type = type;
        Id = id;
    }

    /// <summary><c>enterprise</c> or <c>user</c>.</summary>
    public string Type { get; }

    /// <summary>The id of the enterprise or user.</summary>
    public string Id { get; }

    /// <summary>Returns the subject for the application's service account in an enterprise.</summary>
    /// <param name="id">The enterprise's id.</param>
    public static BoxSubject Enterprise(string id) => new("enterprise", id);

    /// <summary>Returns the subject for a user.</summary>
    /// <param name="id">The user's id.</param>
    public static BoxSubject User(string id) => new("user", id);

    /// <summary>Returns the type and the id, such as <c>enterprise 900</c>.</summary>
    public override string ToString() => $"{Type} {Id}";
}
