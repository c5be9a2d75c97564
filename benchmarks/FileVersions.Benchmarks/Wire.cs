using System.Text.Json.Serialization;

namespace FileVersions.Benchmarks;

// As plain as the task allows: what the compiler generates for types without a converter.
internal sealed class BoxPage
{
    public int TotalCount { get; set; }

    public List<BoxVersion> Entries { get; set; } = [];
}

internal sealed class BoxVersion
{
    public string? Id { get; set; }

    public string? Sha1 { get; set; }

    public string? Name { get; set; }

    public long? Size { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public DateTimeOffset? ModifiedAt { get; set; }

    public BoxUser? ModifiedBy { get; set; }

    public DateTimeOffset? TrashedAt { get; set; }

    public BoxUser? TrashedBy { get; set; }

    public DateTimeOffset? RestoredAt { get; set; }

    public BoxUser? RestoredBy { get; set; }

    public DateTimeOffset? PurgedAt { get; set; }

    public string? UploaderDisplayName { get; set; }

    public string? VersionNumber { get; set; }
}

internal sealed class BoxUser
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    public string? Login { get; set; }
}

internal sealed class IKVersion
{
    public string? FileId { get; set; }

    public string? Name { get; set; }

    public string? FilePath { get; set; }

    public string? Type { get; set; }

    public string? Mime { get; set; }

    public string? Url { get; set; }

    public string? Thumbnail { get; set; }

    public double? Size { get; set; }

    public double? Width { get; set; }

    public double? Height { get; set; }

    public List<string>? Tags { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public DateTimeOffset? UpdatedAt { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BoxPage))]
internal sealed partial class BoxWire : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<IKVersion>))]
internal sealed partial class IKWire : JsonSerializerContext;
