using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Downloads;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.ImageKit;

/// <summary>Writes ImageKit's objects in the configured shape.</summary>
internal sealed class IKJson(IBufferWriter<byte> output, EmulatorSettings settings, Account account, DownloadLinks links) : IDisposable
{
    private readonly Utf8JsonWriter _json = JsonText.Writer(output);
    private readonly bool _nulls = settings.IkVariant == IkVariant.Nulls;
    private readonly bool _odd = settings.IkVariant == IkVariant.Odd;
    private readonly bool _full = settings.IkVariant != IkVariant.Old;

    public void Dispose() => _json.Dispose();

    /// <summary>The versions of one file.</summary>
    internal void List(IKFile file)
    {
        ImmutableArray<IKVersion> versions = file.Versions;
        _json.WriteStartArray();
        for (int i = 0; i < versions.Length; i++)
        {
            Version(file, versions[_odd ? OddIndex(i, versions.Length) : i]);
        }

        _json.WriteEndArray();
    }

    /// <summary>A page of a listing of the media library.</summary>
    internal void Page(ReadOnlySpan<IKItem> items)
    {
        _json.WriteStartArray();
        foreach (IKItem item in items)
        {
            if (item.File is null)
            {
                Folder(item);
            }
            else
            {
                Version(item.File, item.Version!);
            }
        }

        _json.WriteEndArray();
    }

    internal void Version(IKFile file, IKVersion version)
    {
        if (version.Raw is { } raw)
        {
            raw.WriteTo(_json);
            return;
        }

        if (version.Extra is { Count: > 0 } extra)
        {
            Merged(file, version, extra);
            return;
        }

        bool isCurrent = version.IsCurrent;
        bool isVideo = IKMedia.IsVideo(version.Name);
        bool isImage = IKMedia.IsImage(version.Name);
        ulong random = Mix.Scramble(file.Hash ^ (ulong)version.Number);
        IKAttributes attributes = file.AttributesOf(version);

        _json.WriteStartObject();
        _json.WriteString("type"u8, isCurrent ? "file"u8 : "file-version"u8);
        _json.WriteString("name"u8, version.Name);
        Date("createdAt"u8, IKDates.CreatedAt(file, version, settings.IkDates));
        Date("updatedAt"u8, IKDates.UpdatedAt(version, settings.IkDates));
        _json.WriteString("fileId"u8, _odd && !isCurrent ? "fileId" + version.Number.ToString(CultureInfo.InvariantCulture) : file.Id);
        Tags(attributes);
        AITags(attributes);
        _json.WriteStartObject("versionInfo"u8);
        _json.WriteString("id"u8, _odd && version.Number % 3 == 0 ? file.Versions[^1].Id : version.Id);
        _json.WriteString("name"u8, "Version " + version.Number.ToString(CultureInfo.InvariantCulture));
        _json.WriteEndObject();
        Metadata(version, attributes);
        _json.WriteBoolean("isPrivateFile"u8, attributes.IsPrivate);
        if (_full)
        {
            _json.WriteBoolean("isPublished"u8, attributes.IsPublished);
        }

        _json.WriteString("url"u8, links.ImageKit(account, file, version, settings));
        _json.WriteString("thumbnail"u8, links.ImageKit(account, file, version, settings, "tr:n-ik_ml_thumbnail/"));
        _json.WriteString("fileType"u8, isImage ? "image"u8 : "non-image"u8);
        _json.WriteString("filePath"u8, file.Folder + version.Name);
        if (isImage || isVideo)
        {
            Dimensions(random);
        }

        _json.WriteNumber("size"u8, version.Content.Size);
        if (isImage)
        {
            _json.WriteBoolean("hasAlpha"u8, version.Name.EndsWith(".png", StringComparison.Ordinal));
        }

        if (_full)
        {
            _json.WriteString("mime"u8, IKMedia.Mime(version.Name));
        }

        if (isVideo)
        {
            Video(random);
        }

        if (settings.ExtraFields)
        {
            _json.WriteNumber("undocumentedNumber"u8, version.Number * 1.5);
            _json.WriteStartObject("undocumentedObject"u8);
            _json.WriteString("of"u8, version.Id);
            _json.WriteEndObject();
        }

        _json.WriteEndObject();
    }

    /// <summary>The reply to an upload: fewer fields than any other reply, and <c>thumbnailUrl</c> instead of <c>thumbnail</c>.</summary>
    internal void Upload(IKFile file, ISet<string> responseFields)
    {
        IKVersion version = file.Current;
        IKAttributes attributes = file.AttributesOf(version);
        ulong random = Mix.Scramble(file.Hash ^ (ulong)version.Number);
        _json.WriteStartObject();
        _json.WriteString("fileId"u8, file.Id);
        _json.WriteString("name"u8, version.Name);
        _json.WriteNumber("size"u8, version.Content.Size);
        if (!settings.IkOmitVersionInfo)
        {
            _json.WriteStartObject("versionInfo"u8);
            _json.WriteString("id"u8, version.Id);
            _json.WriteString("name"u8, "Version " + version.Number.ToString(CultureInfo.InvariantCulture));
            _json.WriteEndObject();
        }

        _json.WriteString("filePath"u8, file.Path);
        _json.WriteString("url"u8, links.ImageKit(account, file, version, settings));
        _json.WriteString("fileType"u8, IKMedia.IsImage(version.Name) ? "image"u8 : "non-image"u8);
        if (IKMedia.IsImage(version.Name) || IKMedia.IsVideo(version.Name))
        {
            Dimensions(random);
        }

        if (IKMedia.IsVideo(version.Name))
        {
            Video(random);
        }

        _json.WriteString("thumbnailUrl"u8, links.ImageKit(account, file, version, settings, "tr:n-ik_ml_thumbnail/"));
        _json.WriteNull("AITags"u8);
        if (responseFields.Contains("tags"))
        {
            Tags(attributes);
        }

        if (responseFields.Contains("isPrivateFile"))
        {
            _json.WriteBoolean("isPrivateFile"u8, attributes.IsPrivate);
        }

        if (responseFields.Contains("isPublished"))
        {
            _json.WriteBoolean("isPublished"u8, attributes.IsPublished);
        }

        if (responseFields.Contains("customCoordinates"))
        {
            _json.WriteString("customCoordinates"u8, attributes.CustomCoordinates);
        }

        if (responseFields.Contains("customMetadata"))
        {
            CustomMetadata(attributes);
        }

        _json.WriteEndObject();
    }

    /// <summary>Puts the current version second, if there are two, and the others oldest first.</summary>
    private static int OddIndex(int place, int count) => place switch
    {
        0 => count > 1 ? count - 1 : 0,
        1 => 0,
        _ => count - place,
    };

    private static string Text(DateTime date) => date.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private void Date(ReadOnlySpan<byte> name, DateTime? date)
    {
        if (date is { } value)
        {
            _json.WriteString(name, Text(value));
        }
    }

    private void Folder(IKItem item)
    {
        _json.WriteStartObject();
        _json.WriteString("type"u8, "folder"u8);
        _json.WriteString("name"u8, item.Name);
        _json.WriteString("folderId"u8, item.Id);
        _json.WriteString("folderPath"u8, item.Path.TrimEnd('/'));
        Date("createdAt"u8, item.CreatedAt);
        Date("updatedAt"u8, item.CreatedAt);
        _json.WriteEndObject();
    }

    private void Dimensions(ulong random)
    {
        _json.WriteNumber("height"u8, 240 + (random % 2000));
        _json.WriteNumber("width"u8, 320 + ((random >> 16) % 3000));
    }

    private void Video(ulong random)
    {
        _json.WriteNumber("duration"u8, 12.5 + (random % 600));
        _json.WriteNumber("bitRate"u8, 1_000_000 + (random % 4_000_000));
        _json.WriteString("videoCodec"u8, "h264"u8);
        _json.WriteString("audioCodec"u8, "aac"u8);
    }

    private void Tags(IKAttributes attributes)
    {
        if (_nulls)
        {
            _json.WriteNull("tags"u8);
            return;
        }

        _json.WriteStartArray("tags"u8);
        foreach (string tag in attributes.Tags)
        {
            _json.WriteStringValue(tag);
        }

        _json.WriteEndArray();
    }

    private void AITags(IKAttributes attributes)
    {
        if (_nulls)
        {
            _json.WriteNull("AITags"u8);
        }
        else if (_odd)
        {
            _json.WriteStartObject("AITags"u8);
            AITagMembers("Clothing", 98.77);
            _json.WriteEndObject();
        }
        else
        {
            _json.WriteStartArray("AITags"u8);
            for (int i = 0; i < attributes.AITags.Length; i++)
            {
                _json.WriteStartObject();
                AITagMembers(attributes.AITags[i], 98.77 - i);
                _json.WriteEndObject();
            }

            _json.WriteEndArray();
        }
    }

    private void AITagMembers(string name, double confidence)
    {
        _json.WriteString("name"u8, name);
        _json.WriteNumber("confidence"u8, confidence);
        _json.WriteString("source"u8, "google-auto-tagging"u8);
    }

    private void Metadata(IKVersion version, IKAttributes attributes)
    {
        if (_nulls)
        {
            _json.WriteNull("customCoordinates"u8);
            _json.WriteNull("embeddedMetadata"u8);
        }
        else
        {
            _json.WriteString("customCoordinates"u8, attributes.CustomCoordinates);
            _json.WriteStartObject("embeddedMetadata"u8);
            _json.WriteNumber("XResolution"u8, 250);
            _json.WriteString("DateCreated"u8, Text(version.UploadedAt));
            _json.WriteEndObject();
        }

        CustomMetadata(attributes);
        if (!_full || _nulls)
        {
            return;
        }

        if (attributes.Description is { } description)
        {
            _json.WriteString("description"u8, description);
        }

        _json.WriteStartObject("selectedFieldsSchema"u8);
        _json.WriteStartObject("brand"u8);
        _json.WriteString("type"u8, "Text"u8);
        _json.WriteBoolean("readOnly"u8, false);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void CustomMetadata(IKAttributes attributes)
    {
        _json.WritePropertyName("customMetadata"u8);
        if (_nulls || attributes.CustomMetadata is not { } metadata)
        {
            _json.WriteStartObject();
            _json.WriteEndObject();
        }
        else
        {
            metadata.WriteTo(_json);
        }
    }

    private void Merged(IKFile file, IKVersion version, JsonObject extra)
    {
        var plain = new ArrayBufferWriter<byte>();
        using (var json = new IKJson(plain, settings, account, links))
        {
            json.Version(file, version with { Extra = null });
        }

        JsonText.With(JsonNode.Parse(plain.WrittenSpan)!.AsObject(), extra).WriteTo(_json);
    }
}
