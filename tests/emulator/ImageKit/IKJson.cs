using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Downloads;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.ImageKit;

/// <summary>Writes ImageKit's objects as ImageKit does, in the shape that the settings name.</summary>
internal sealed class IKJson(IBufferWriter<byte> output, EmulatorSettings settings, Account account, DownloadLinks links) : IDisposable
{
    private readonly Utf8JsonWriter _json = JsonText.Writer(output);
    private readonly bool _nulls = settings.IkVariant == IkVariant.Nulls;
    private readonly bool _odd = settings.IkVariant == IkVariant.Odd;
    private readonly bool _full = settings.IkVariant != IkVariant.Old;

    public void Dispose() => _json.Dispose();

    internal void List(IKFile file)
    {
        _json.WriteStartArray();
        for (int i = 0; i < file.Versions.Length; i++)
        {
            Version(file, file.Versions[_odd ? OddPlace(i, file.Versions.Length) : i]);
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

        bool isCurrent = version == file.Versions[0];
        bool isVideo = version.Name.EndsWith(".mp4", StringComparison.Ordinal);
        bool isImage = !isVideo && !version.Name.EndsWith(".pdf", StringComparison.Ordinal);
        ulong random = Mix.Scramble(file.Hash ^ (ulong)version.Number);

        _json.WriteStartObject();
        _json.WriteString("type"u8, isCurrent ? "file"u8 : "file-version"u8);
        _json.WriteString("name"u8, version.Name);
        _json.WriteString("createdAt"u8, Date(version.CreatedAt));
        _json.WriteString("updatedAt"u8, Date(version.UpdatedAt));
        _json.WriteString("fileId"u8, _odd && !isCurrent ? "fileId" + version.Number.ToString(CultureInfo.InvariantCulture) : file.Id);
        Tags(random);
        AITags(random);
        _json.WriteStartObject("versionInfo"u8);
        _json.WriteString("id"u8, _odd && version.Number % 3 == 0 ? file.Versions[^1].Id : version.Id);
        _json.WriteString("name"u8, "Version " + version.Number.ToString(CultureInfo.InvariantCulture));
        _json.WriteEndObject();
        Metadata(version, random);
        _json.WriteBoolean("isPrivateFile"u8, file.IsPrivate);
        if (_full)
        {
            _json.WriteBoolean("isPublished"u8, random % 10 != 0);
        }

        string? versionId = isCurrent ? null : version.Id;
        _json.WriteString("url"u8, links.ImageKit(account, file.Id, versionId, version.Name, file.IsPrivate, settings));
        _json.WriteString("thumbnail"u8, links.ImageKit(account, file.Id, versionId, version.Name, file.IsPrivate, settings, "tr:n-ik_ml_thumbnail/"));
        _json.WriteString("fileType"u8, isImage ? "image"u8 : "non-image"u8);
        _json.WriteString("filePath"u8, "/" + version.Name);
        if (isImage || isVideo)
        {
            _json.WriteNumber("height"u8, 240 + (random % 2000));
            _json.WriteNumber("width"u8, 320 + ((random >> 16) % 3000));
        }

        _json.WriteNumber("size"u8, version.Content.Size);
        if (isImage)
        {
            _json.WriteBoolean("hasAlpha"u8, version.Name.EndsWith(".png", StringComparison.Ordinal));
        }

        if (_full)
        {
            _json.WriteString("mime"u8, Mime(version.Name));
        }

        if (isVideo)
        {
            _json.WriteNumber("duration"u8, 12.5 + (random % 600));
            _json.WriteNumber("bitRate"u8, 1_000_000 + (random % 4_000_000));
            _json.WriteString("videoCodec"u8, "h264"u8);
            _json.WriteString("audioCodec"u8, "aac"u8);
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

    /// <summary>Puts the current version second, where there is a second, and turns the rest round.</summary>
    private static int OddPlace(int place, int count) => place switch
    {
        0 => count > 1 ? count - 1 : 0,
        1 => 0,
        _ => count - place,
    };

    private static string Date(DateTime date) => date.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    internal static string Mime(string name) => name[(name.LastIndexOf('.') + 1)..] switch
    {
        "jpg" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        "mp4" => "video/mp4",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    };

    private void Tags(ulong random)
    {
        if (_nulls)
        {
            _json.WriteNull("tags"u8);
            return;
        }

        _json.WriteStartArray("tags"u8);
        for (ulong i = 0; i < random % 4; i++)
        {
            _json.WriteStringValue("Tag_" + i.ToString(CultureInfo.InvariantCulture));
        }

        _json.WriteEndArray();
    }

    private void AITags(ulong random)
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
            for (ulong i = 0; i < random % 3; i++)
            {
                _json.WriteStartObject();
                AITagMembers(i == 0 ? "Clothing" : "Street light", 98.77 - i);
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

    private void Metadata(IKVersion version, ulong random)
    {
        if (_nulls)
        {
            _json.WriteNull("customCoordinates"u8);
            _json.WriteNull("embeddedMetadata"u8);
        }
        else
        {
            _json.WriteString("customCoordinates"u8, random % 2 == 0 ? "10,10,40,40"u8 : ""u8);
            _json.WriteStartObject("embeddedMetadata"u8);
            _json.WriteNumber("XResolution"u8, 250);
            _json.WriteString("DateCreated"u8, Date(version.CreatedAt));
            _json.WriteEndObject();
        }

        _json.WriteStartObject("customMetadata"u8);
        if (!_nulls)
        {
            _json.WriteString("brand"u8, "Nova"u8);
            _json.WriteNumber("price"u8, version.Number * 10.25);
        }

        _json.WriteEndObject();
        if (!_full || _nulls)
        {
            return;
        }

        _json.WriteString("description"u8, "Picture number " + version.Number.ToString(CultureInfo.InvariantCulture));
        _json.WriteStartObject("selectedFieldsSchema"u8);
        _json.WriteStartObject("brand"u8);
        _json.WriteString("type"u8, "Text"u8);
        _json.WriteBoolean("readOnly"u8, false);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void Merged(IKFile file, IKVersion version, JsonObject extra)
    {
        var plain = new ArrayBufferWriter<byte>();
        int place = file.Versions.IndexOf(version);
        IKVersion bare = version with { Extra = null };
        using (var json = new IKJson(plain, settings, account, links))
        {
            json.Version(file with { Versions = file.Versions.SetItem(place, bare) }, bare);
        }

        JsonObject merged = JsonNode.Parse(plain.WrittenSpan)!.AsObject();
        foreach (KeyValuePair<string, JsonNode?> property in extra)
        {
            merged[property.Key] = property.Value?.DeepClone();
        }

        merged.WriteTo(_json);
    }
}
