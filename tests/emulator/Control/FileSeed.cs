using System.Text.Json.Nodes;
using FileVersions.Emulator.Box;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Stats;

namespace FileVersions.Emulator.Control;

/// <summary>A file to create. Missing values are generated.</summary>
internal sealed record FileSeed
{
    public Service Service { get; init; }

    /// <summary>The file's id. In a Box folder, it is generated when null.</summary>
    public string? Id { get; init; }

    /// <summary>Box: the folder of the file, unless the seed is part of a folder's.</summary>
    public string? FolderId { get; init; }

    /// <summary>ImageKit: the path of the folder that contains the file, such as <c>/products/</c>; null for a separate folder named after its id.</summary>
    public string? Folder { get; init; }

    /// <summary>ImageKit: whether the file is private; generated when null.</summary>
    public bool? Private { get; init; }

    /// <summary>ImageKit: the tags; generated when null.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The default name of the versions.</summary>
    public string? Name { get; init; }

    /// <summary>The default size of the versions in bytes.</summary>
    public long? Size { get; init; }

    /// <summary>Box: the default retention of the versions.</summary>
    public RetentionSeed? Retained { get; init; }

    /// <summary>The number of versions to generate if <see cref="Versions"/> is null.</summary>
    public int? Count { get; init; }

    /// <summary>The versions, newest first. Box: past versions. ImageKit: the first one is the current version.</summary>
    public IReadOnlyList<VersionSeed>? Versions { get; init; }

    /// <summary>Box's current version.</summary>
    public VersionSeed? Current { get; init; }
}

/// <summary>A version to create. Missing values are generated.</summary>
internal sealed record VersionSeed
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>The content as a text. With <see cref="Size"/>, the content is pseudo-random bytes that this text determines.</summary>
    public string? Content { get; init; }

    public long? Size { get; init; }

    /// <summary>ImageKit: when the content was uploaded; the dates in replies follow from it, by the setting <c>ikDates</c>.</summary>
    public DateTimeOffset? UploadedAt { get; init; }

    /// <summary><c>created_at</c>; ImageKit: <c>createdAt</c> in replies, whatever <c>ikDates</c> is.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary><c>modified_at</c>; ImageKit: <c>updatedAt</c> in replies.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>Box: <c>modified_by</c>.</summary>
    public Account? ModifiedBy { get; init; }

    /// <summary>Box: when a past version was moved to the trash; null if it was not.</summary>
    public DateTimeOffset? TrashedAt { get; init; }

    /// <summary>Box: who moved it to the trash.</summary>
    public Account? TrashedBy { get; init; }

    /// <summary>Box: the retention of the version.</summary>
    public RetentionSeed? Retained { get; init; }

    /// <summary>Box: <c>uploader_display_name</c>.</summary>
    public string? Uploader { get; init; }

    /// <summary>Properties to replace or to add.</summary>
    public JsonObject? Fields { get; init; }

    /// <summary>JSON that replaces the whole version.</summary>
    public JsonNode? Raw { get; init; }
}

/// <summary>A retention to apply to a version.</summary>
internal sealed record RetentionSeed
{
    /// <summary>When the retention ends; null if it never does.</summary>
    public DateTimeOffset? Until { get; init; }

    internal BoxRetention Of(DateTimeOffset appliedAt) => new(appliedAt, Until);
}
