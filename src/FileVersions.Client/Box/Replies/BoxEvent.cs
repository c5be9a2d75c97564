namespace FileVersions.Box.Replies;

/// <summary>An entry of the event log. A property is null if the entry has no such field.</summary>
internal sealed class BoxEvent
{
    /// <summary>The id of the user who caused the event.</summary>
    internal string? UserId { get; set; }

    /// <summary>The login of the user who caused the event.</summary>
    internal string? UserLogin { get; set; }

    /// <summary>What the event is about: <c>file</c>, <c>folder</c>, <c>web_link</c>, <c>user</c> or another type.</summary>
    internal string? ItemType { get; set; }

    internal string? ItemId { get; set; }
}
