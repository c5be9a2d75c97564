using FileVersions.Json;

namespace FileVersions.ImageKit.Replies;

internal static class IKReplies
{
    private static readonly FieldTable<AITag> s_tag = new(
        ("name", static (tag, ref value) => tag.Name = value.ReadText()),
        ("confidence", static (tag, ref value) => tag.Confidence = value.ReadDouble()),
        ("source", static (tag, ref value) => tag.Source = value.ReadText()));

    private static readonly FieldTable<VersionInfo> s_versionInfo = new(
        ("id", static (info, ref value) => info.Id = value.ReadId()),
        ("name", static (info, ref value) => info.Name = value.ReadText()));

    private static readonly FieldTable<IKFileVersion> s_version = new(
        ("type", static (version, ref value) => version.Type = value.ReadRepeatedText()),
        ("name", static (version, ref value) => version.Name = value.ReadRepeatedText()),
        ("createdAt", static (version, ref value) => version.CreatedAt = value.ReadDate()),
        ("updatedAt", static (version, ref value) => version.UpdatedAt = value.ReadDate()),
        ("fileId", static (version, ref value) => version.FileId = value.ReadId()),
        ("tags", static (version, ref value) => version.Tags = value.ReadTexts()),
        ("AITags", static (version, ref value) => version.AITags = ReadTags(ref value)),
        ("versionInfo", static (version, ref value) => (version.VersionId, version.VersionName) = ReadVersionInfo(version, ref value)),
        ("customCoordinates", static (version, ref value) => version.CustomCoordinates = value.ReadText()),
        ("embeddedMetadata", static (version, ref value) => version.EmbeddedMetadata = value.ReadMap()),
        ("customMetadata", static (version, ref value) => version.CustomMetadata = value.ReadMap()),
        ("description", static (version, ref value) => version.Description = value.ReadText()),
        ("isPrivateFile", static (version, ref value) => version.IsPrivateFile = value.ReadBool()),
        ("isPublished", static (version, ref value) => version.IsPublished = value.ReadBool()),
        ("url", static (version, ref value) => version.Url = value.ReadText()),
        ("thumbnail", static (version, ref value) => version.Thumbnail = value.ReadText()),
        ("fileType", static (version, ref value) => version.FileType = value.ReadRepeatedText()),
        ("filePath", static (version, ref value) => version.FilePath = value.ReadRepeatedText()),
        ("size", static (version, ref value) => version.Size = value.ReadWhole()),
        ("mime", static (version, ref value) => version.Mime = value.ReadRepeatedText()),
        ("width", static (version, ref value) => version.Width = value.ReadWhole()),
        ("height", static (version, ref value) => version.Height = value.ReadWhole()),
        ("hasAlpha", static (version, ref value) => version.HasAlpha = value.ReadBool()),
        ("duration", static (version, ref value) => version.Duration = value.ReadDecimal()),
        ("bitRate", static (version, ref value) => version.BitRate = value.ReadWhole()),
        ("videoCodec", static (version, ref value) => version.VideoCodec = value.ReadRepeatedText()),
        ("audioCodec", static (version, ref value) => version.AudioCodec = value.ReadRepeatedText()));

    // The details of a file, an entry of a folder, and the reply to an upload, which lacks some of the fields.
    private static readonly FieldTable<IKFile> s_file = new(
        ("type", static (_, ref value) => value.ReadConstant("file"u8)),
        ("name", static (file, ref value) => file.Name = value.ReadText()),
        ("createdAt", static (file, ref value) => file.CreatedAt = value.ReadDate()),
        ("updatedAt", static (file, ref value) => file.UpdatedAt = value.ReadDate()),
        ("fileId", static (file, ref value) => file.FileId = value.ReadId()),
        ("tags", static (file, ref value) => file.Tags = value.ReadTexts()),
        ("versionInfo", static (file, ref value) => (file.CurrentVersionId, file.VersionName) = ReadVersionInfo(file, ref value)),
        ("customCoordinates", static (file, ref value) => file.CustomCoordinates = value.ReadText()),
        ("customMetadata", static (file, ref value) => file.CustomMetadata = value.ReadMap()),
        ("isPrivateFile", static (file, ref value) => file.IsPrivateFile = value.ReadBool()),
        ("url", static (file, ref value) => file.Url = value.ReadText()),
        ("fileType", static (file, ref value) => file.FileType = value.ReadRepeatedText()),
        ("filePath", static (file, ref value) => file.FilePath = value.ReadText()),
        ("size", static (file, ref value) => file.Size = value.ReadWhole()),
        ("mime", static (file, ref value) => file.Mime = value.ReadRepeatedText()),
        ("width", static (file, ref value) => file.Width = value.ReadWhole()),
        ("height", static (file, ref value) => file.Height = value.ReadWhole()));

    /// <summary>Reads the versions of a file, in the order of the reply. Their ids may be missing.</summary>
    internal static List<IKFileVersion> ReadVersions(ReadOnlyMemory<byte> reply) => s_version.ReadArray(reply);

    /// <summary>Reads one version. Its ids may be missing.</summary>
    internal static IKFileVersion ReadVersion(ReadOnlyMemory<byte> reply) => s_version.ReadObject(reply);

    /// <summary>Reads a file: its details, or the reply to an upload. The file has an id.</summary>
    internal static IKFile ReadFile(ReadOnlyMemory<byte> reply) => RequireId(s_file.ReadObject(reply));

    /// <summary>Reads a page of files, each with an id. Folders are only counted.</summary>
    internal static IKFilePage ReadFiles(ReadOnlyMemory<byte> reply)
    {
        var page = new IKFilePage();
        var reader = new ReplyReader(reply);
        reader.EnterRequiredArray();
        while (reader.NextItem())
        {
            page.Count++;
            if (reader.PeekText("type"u8) == "folder")
            {
                reader.Skip();
            }
            else
            {
                page.Files.Add(RequireId(s_file.Read(ref reader) ?? throw reader.Invalid()));
            }
        }

        reader.Close();
        return page;
    }

    private static IKFile RequireId(IKFile file) => string.IsNullOrEmpty(file.FileId) ? throw ReplyReader.Missing("fileId") : file;

    private static (string? Id, string? Name) ReadVersionInfo(ServiceObject owner, ref ReplyReader value)
    {
        VersionInfo? info = s_versionInfo.Read(ref value);
        if (info?.GetAdditionalFields() is { } others)
        {
            owner.AddField("versionInfo", new ValueMap([.. others]));
        }

        return (info?.Id, info?.Name);
    }

    // Replies may have a single tag in place of the array, and a name in place of a tag.
    private static ValueList<AITag>? ReadTags(ref ReplyReader value) =>
        value.IsArray ? value.ReadList(static (ref item) => ReadTag(ref item) ?? new AITag())
        : ReadTag(ref value) is { } tag ? new ValueList<AITag>([tag])
        : null;

    private static AITag? ReadTag(ref ReplyReader value) =>
        !value.IsText ? s_tag.Read(ref value)
        : value.ReadText() is { Length: > 0 } name ? new AITag { Name = name }
        : null;

    private sealed class VersionInfo : ServiceObject
    {
        internal string? Id { get; set; }

        internal string? Name { get; set; }
    }
}
