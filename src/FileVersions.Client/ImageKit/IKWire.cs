using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Tasks;
using FileVersions.Json;

namespace FileVersions.ImageKit;

/// <summary>Reads what ImageKit sends.</summary>
internal static class IKWire
{
    private static readonly FieldNames s_versionFields = new(
        "type", "name", "createdAt", "updatedAt", "fileId", "tags", "AITags", "versionInfo", "customCoordinates",
        "embeddedMetadata", "customMetadata", "description", "isPrivateFile", "isPublished", "url", "thumbnail",
        "fileType", "filePath", "size", "mime", "width", "height", "hasAlpha", "duration", "bitRate", "videoCodec",
        "audioCodec");

    private static readonly Lazy<Task> s_prepared = new(() => Task.Run(() => ReadVersions(Sample)));

    // In the order of s_versionFields.
    private enum VersionField
    {
        Type,
        Name,
        CreatedAt,
        UpdatedAt,
        FileId,
        Tags,
        AITags,
        VersionInfo,
        CustomCoordinates,
        EmbeddedMetadata,
        CustomMetadata,
        Description,
        IsPrivateFile,
        IsPublished,
        Url,
        Thumbnail,
        FileType,
        FilePath,
        Size,
        Mime,
        Width,
        Height,
        HasAlpha,
        Duration,
        BitRate,
        VideoCodec,
        AudioCodec,
    }

    /// <summary>A list that takes every way that lists usually take.</summary>
    internal static ReadOnlyMemory<byte> Sample { get; } = """
        [{"type":"file-version","name":"a","createdAt":"2020-01-01T00:00:00.000Z","fileId":"a","tags":["a"],
        "AITags":[{"name":"a","confidence":1.5,"source":"a"}],"versionInfo":{"id":"a","name":"a"},"customCoordinates":null,
        "customMetadata":{"a":1},"isPrivateFile":false,"size":1,"height":1}]
        """u8.ToArray();

    /// <summary>As <see cref="Box.BoxWire.Prepare"/>.</summary>
    internal static void Prepare() => _ = s_prepared.Value;

    internal static List<IKFileVersion>? ReadVersions(ReadOnlyMemory<byte> bytes)
    {
        Utf8JsonReader reader = WireReader.Open(bytes);
        List<IKFileVersion>? versions = null;
        if (reader.EnterArray())
        {
            versions = [];
            while (reader.NextItem())
            {
                versions.Add(ReadVersion(ref reader) ?? throw new JsonException(Texts.EntryInvalid));
            }
        }

        reader.Close();
        return versions;
    }

    internal static IKFileVersion? ReadVersion(ReadOnlyMemory<byte> bytes)
    {
        Utf8JsonReader reader = WireReader.Open(bytes);
        IKFileVersion? version = ReadVersion(ref reader);
        reader.Close();
        return version;
    }

    [MethodImpl(Compile.Fully)]
    private static IKFileVersion? ReadVersion(ref Utf8JsonReader reader)
    {
        if (!reader.EnterObject())
        {
            return null;
        }

        var version = new IKFileVersion();
        Dictionary<string, object?>? unknown = null;
        int next = 0;
        while (reader.NextField())
        {
            switch ((VersionField)s_versionFields.Find(ref reader, ref next))
            {
                case VersionField.Type:
                    version.Type = reader.ReadSharedText();
                    break;
                case VersionField.Name:
                    version.Name = reader.ReadSharedText();
                    break;
                case VersionField.CreatedAt:
                    version.CreatedAt = reader.ReadDate();
                    break;
                case VersionField.UpdatedAt:
                    version.UpdatedAt = reader.ReadDate();
                    break;
                case VersionField.FileId:
                    version.FileId = reader.ReadSharedText();
                    break;
                case VersionField.Tags:
                    version.Tags = reader.ReadTexts();
                    break;
                case VersionField.AITags:
                    version.AITags = ReadTags(ref reader);
                    break;
                case VersionField.VersionInfo:
                    version.WireVersionInfo = ReadVersionInfo(ref reader);
                    break;
                case VersionField.CustomCoordinates:
                    version.CustomCoordinates = reader.ReadText();
                    break;
                case VersionField.EmbeddedMetadata:
                    version.EmbeddedMetadata = reader.ReadMap();
                    break;
                case VersionField.CustomMetadata:
                    version.CustomMetadata = reader.ReadMap();
                    break;
                case VersionField.Description:
                    version.Description = reader.ReadText();
                    break;
                case VersionField.IsPrivateFile:
                    version.IsPrivateFile = reader.ReadBool();
                    break;
                case VersionField.IsPublished:
                    version.IsPublished = reader.ReadBool();
                    break;
                case VersionField.Url:
                    version.Url = reader.ReadText();
                    break;
                case VersionField.Thumbnail:
                    version.Thumbnail = reader.ReadText();
                    break;
                case VersionField.FileType:
                    version.FileType = reader.ReadSharedText();
                    break;
                case VersionField.FilePath:
                    version.FilePath = reader.ReadSharedText();
                    break;
                case VersionField.Size:
                    version.Size = reader.ReadWhole("size", ref unknown);
                    break;
                case VersionField.Mime:
                    version.Mime = reader.ReadSharedText();
                    break;
                case VersionField.Width:
                    version.Width = reader.ReadWhole("width", ref unknown);
                    break;
                case VersionField.Height:
                    version.Height = reader.ReadWhole("height", ref unknown);
                    break;
                case VersionField.HasAlpha:
                    version.HasAlpha = reader.ReadBool();
                    break;
                case VersionField.Duration:
                    version.Duration = reader.ReadDecimal();
                    break;
                case VersionField.BitRate:
                    version.BitRate = reader.ReadWhole("bitRate", ref unknown);
                    break;
                case VersionField.VideoCodec:
                    version.VideoCodec = reader.ReadSharedText();
                    break;
                case VersionField.AudioCodec:
                    version.AudioCodec = reader.ReadSharedText();
                    break;
                default:
                    reader.ReadUnknown(ref unknown);
                    break;
            }
        }

        version.Additional = unknown;
        return version;
    }

    [MethodImpl(Compile.Fully)]
    private static IKVersionInfo? ReadVersionInfo(ref Utf8JsonReader reader)
    {
        if (!reader.EnterObject())
        {
            return null;
        }

        var info = new IKVersionInfo();
        Dictionary<string, object?>? unknown = null;
        while (reader.NextField())
        {
            if (reader.IsField("id"u8))
            {
                info.Id = reader.ReadText();
            }
            else if (reader.IsField("name"u8))
            {
                info.Name = reader.ReadSharedText();
            }
            else
            {
                reader.ReadUnknown(ref unknown);
            }
        }

        info.Additional = unknown;
        return info;
    }

    // An array, or null, or, in recorded replies, a single tag that stands without an array.
    private static ValueList<AITag>? ReadTags(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.String)
        {
            return new ValueList<AITag>([ReadTag(ref reader)]);
        }

        if (!reader.EnterArray())
        {
            return null;
        }

        var tags = new List<AITag>();
        while (reader.NextItem())
        {
            tags.Add(ReadTag(ref reader));
        }

        return new ValueList<AITag>(tags);
    }

    [MethodImpl(Compile.Fully)]
    private static AITag ReadTag(ref Utf8JsonReader reader)
    {
        var tag = new AITag();
        if (reader.TokenType == JsonTokenType.String)
        {
            tag.Name = reader.ReadSharedText();
            return tag;
        }

        if (!reader.EnterObject())
        {
            return tag;
        }

        Dictionary<string, object?>? unknown = null;
        while (reader.NextField())
        {
            if (reader.IsField("name"u8))
            {
                tag.Name = reader.ReadSharedText();
            }
            else if (reader.IsField("confidence"u8))
            {
                tag.Confidence = reader.ReadDouble();
            }
            else if (reader.IsField("source"u8))
            {
                tag.Source = reader.ReadSharedText();
            }
            else
            {
                reader.ReadUnknown(ref unknown);
            }
        }

        tag.Additional = unknown;
        return tag;
    }
}
