namespace FileVersions.Box.Replies;

/// <summary>A reference to a file, a folder or another object.</summary>
internal sealed class BoxItem
{
    internal string? Type { get; set; }

    internal string? Id { get; set; }

    internal string? Name { get; set; }
}
