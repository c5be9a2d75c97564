using FileVersions.Services;

namespace FileVersions.ImageKit;

/// <summary>The columns of ImageKit's objects in exported files.</summary>
public static class IKColumns
{
    internal static readonly ColumnTable<AITag> s_tag = new(
        ("Name", static tag => tag.Name),
        ("Confidence", static tag => tag.Confidence),
        ("Source", static tag => tag.Source));

    /// <summary>The columns of a version.</summary>
    public static ColumnTable Version { get; } = new ColumnTable<IKFileVersion>(
        ("FileId", static version => version.FileId),
        ("VersionId", static version => version.VersionId),
        ("VersionName", static version => version.VersionName),
        ("Type", static version => version.Type),
        ("IsCurrent", static version => version.IsCurrent),
        ("Name", static version => version.Name),
        ("FilePath", static version => version.FilePath),
        ("FileType", static version => version.FileType),
        ("Mime", static version => version.Mime),
        ("Size", static version => version.Size),
        ("Width", static version => version.Width),
        ("Height", static version => version.Height),
        ("HasAlpha", static version => version.HasAlpha),
        ("Tags", static version => version.Tags),
        ("AITags", static version => version.AITags),
        ("CustomCoordinates", static version => version.CustomCoordinates),
        ("CustomMetadata", static version => version.CustomMetadata),
        ("EmbeddedMetadata", static version => version.EmbeddedMetadata),
        ("Description", static version => version.Description),
        ("Url", static version => version.Url),
        ("Thumbnail", static version => version.Thumbnail),
        ("IsPrivateFile", static version => version.IsPrivateFile),
        ("IsPublished", static version => version.IsPublished),
        ("Duration", static version => version.Duration),
        ("BitRate", static version => version.BitRate),
        ("VideoCodec", static version => version.VideoCodec),
        ("AudioCodec", static version => version.AudioCodec),
        ("CreatedAt", static version => version.CreatedAt),
        ("UpdatedAt", static version => version.UpdatedAt));
}
