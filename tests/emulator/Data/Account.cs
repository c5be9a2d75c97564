namespace FileVersions.Emulator.Data;

/// <summary>The owner of a credential.</summary>
/// <param name="Id">Box: the user id. ImageKit: the account name in download addresses.</param>
/// <param name="Name">The display name.</param>
/// <param name="Login">The e-mail address.</param>
internal sealed record Account(string Id, string Name, string Login)
{
    internal static readonly Account Ada = new("101", "Ada Admin", "ada@example.com");
    internal static readonly Account Ben = new("202", "Ben Backup", "ben@example.com");

    /// <summary>The service account of the app, which acts for enterprise 900.</summary>
    internal static readonly Account Nightly = new("909", "Nightly Service", "AutomationUser_909@boxdevedition.example.com");

    /// <summary>Whether this user can read the events of the enterprise.</summary>
    internal bool IsAdmin => this == Ada || this == Nightly;

    /// <summary>A token or key up to its first dot. The text after the dot makes it a different credential of the same account.</summary>
    internal static string WithoutSuffix(string credential) =>
        credential.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? credential[..dot] : credential;

    /// <summary>The user with an id. Every id exists.</summary>
    internal static Account OfUser(string id) => id switch
    {
        "101" => Ada,
        "202" => Ben,
        "909" => Nightly,
        _ => new Account(id, "User " + id, "user" + id + "@example.com"),
    };
}
