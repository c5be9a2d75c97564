using System.Text.Json.Nodes;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Box;

/// <summary>One version of a Box file.</summary>
internal sealed record BoxVersion(string Id, int Number, string Name, Content Content, DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt, Account? ModifiedBy)
{
    /// <summary>The uploader's name; null for that of the calling account, so that a reply identifies the caller.</summary>
    internal string? Uploader { get; init; }

    internal DateTimeOffset? TrashedAt { get; init; }

    internal Account? TrashedBy { get; init; }

    internal DateTimeOffset? RestoredAt { get; init; }

    internal Account? RestoredBy { get; init; }

    internal DateTimeOffset? PurgedAt { get; init; }

    internal Account? PromotedBy { get; init; }

    /// <summary>When the content was last changed before its upload, as stated by the upload; null if not stated.</summary>
    internal DateTimeOffset? ContentModifiedAt { get; init; }

    /// <summary>The seeded retention of this version, or null.</summary>
    internal BoxRetention? Retention { get; init; }

    /// <summary>Properties to replace or to add.</summary>
    internal JsonObject? Extra { get; init; }

    /// <summary>JSON that replaces the whole version.</summary>
    internal JsonNode? Raw { get; init; }
}
