using System;
using System.Collections.Generic;
using System.Text.Json;
using FileVersions.Json;

namespace FileVersions.ImageKit;

/// <summary>Reads what ImageKit sends.</summary>
internal static class IKWire
{
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

    private static IKFileVersion? ReadVersion(ref Utf8JsonReader reader)
    {
        if (!reader.EnterObject())
        {
            return null;
        }

        var version = new IKFileVersion();
        Dictionary<string, object?>? unknown = null;
        while (reader.NextField())
        {
            if (reader.IsField("type"u8))
            {
                version.Type = reader.ReadSharedText();
            }
            else if (reader.IsField("name"u8))
            {
                version.Name = reader.ReadSharedText();
            }
            else if (reader.IsField("createdAt"u8))
            {
                version.CreatedAt = reader.ReadDate();
            }
            else if (reader.IsField("updatedAt"u8))
            {
                version.UpdatedAt = reader.ReadDate();
            }
            else if (reader.IsField("fileId"u8))
            {
                version.FileId = reader.ReadSharedText();
            }
            else if (reader.IsField("tags"u8))
            {
                version.Tags = reader.ReadTexts();
            }
            else if (reader.IsField("AITags"u8))
            {
                version.AITags = ReadTags(ref reader);
            }
            else if (reader.IsField("versionInfo"u8))
            {
                version.WireVersionInfo = ReadVersionInfo(ref reader);
            }
            else if (reader.IsField("customCoordinates"u8))
            {
                version.CustomCoordinates = reader.ReadText();
            }
            else if (reader.IsField("embeddedMetadata"u8))
            {
                version.EmbeddedMetadata = reader.ReadMap();
            }
            else if (reader.IsField("customMetadata"u8))
            {
                version.CustomMetadata = reader.ReadMap();
            }
            else if (reader.IsField("description"u8))
            {
                version.Description = reader.ReadText();
            }
            else if (reader.IsField("isPrivateFile"u8))
            {
                version.IsPrivateFile = reader.ReadBool();
            }
            else if (reader.IsField("isPublished"u8))
            {
                version.IsPublished = reader.ReadBool();
            }
            else if (reader.IsField("url"u8))
            {
                version.Url = reader.ReadText();
            }
            else if (reader.IsField("thumbnail"u8))
            {
                version.Thumbnail = reader.ReadText();
            }
            else if (reader.IsField("fileType"u8))
            {
                version.FileType = reader.ReadSharedText();
            }
            else if (reader.IsField("filePath"u8))
            {
                version.FilePath = reader.ReadSharedText();
            }
            else if (reader.IsField("size"u8))
            {
                version.WireSize = reader.ReadInteger();
            }
            else if (reader.IsField("mime"u8))
            {
                version.Mime = reader.ReadSharedText();
            }
            else if (reader.IsField("width"u8))
            {
                version.Width = reader.ReadDecimal();
            }
            else if (reader.IsField("height"u8))
            {
                version.Height = reader.ReadDecimal();
            }
            else if (reader.IsField("hasAlpha"u8))
            {
                version.HasAlpha = reader.ReadBool();
            }
            else if (reader.IsField("duration"u8))
            {
                version.Duration = reader.ReadDecimal();
            }
            else if (reader.IsField("bitRate"u8))
            {
                version.BitRate = reader.ReadDecimal();
            }
            else if (reader.IsField("videoCodec"u8))
            {
                version.VideoCodec = reader.ReadSharedText();
            }
            else if (reader.IsField("audioCodec"u8))
            {
                version.AudioCodec = reader.ReadSharedText();
            }
            else
            {
                reader.ReadUnknown(ref unknown);
            }
        }

        version.Additional = unknown;
        return version;
    }

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
