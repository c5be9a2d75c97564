using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Tasks;
using FileVersions.Json;

namespace FileVersions.Box;

/// <summary>Reads what Box sends.</summary>
internal static class BoxWire
{
    internal const string VersionType = "file_version";

    private static readonly FieldNames s_versionFields = new(
        "type", "id", "sha1", "name", "size", "created_at", "modified_at", "modified_by", "trashed_at", "trashed_by",
        "restored_at", "restored_by", "purged_at", "uploader_display_name", "version_number");

    private static readonly FieldNames s_userFields = new(
        "type", "id", "name", "login");

    private static readonly Lazy<Task> s_prepared = new(() => Task.Run(() => ReadPage(Sample)));

    // In the order of s_versionFields.
    private enum VersionField
    {
        Type,
        Id,
        Sha1,
        Name,
        Size,
        CreatedAt,
        ModifiedAt,
        ModifiedBy,
        TrashedAt,
        TrashedBy,
        RestoredAt,
        RestoredBy,
        PurgedAt,
        UploaderDisplayName,
        VersionNumber,
    }

    // In the order of s_userFields.
    private enum UserField
    {
        Type,
        Id,
        Name,
        Login,
    }

    /// <summary>A page that takes every way that pages usually take.</summary>
    internal static ReadOnlyMemory<byte> Sample { get; } = """
        {"total_count":1,"entries":[{"type":"file_version","id":"1","sha1":"a","name":"a","size":1,"created_at":"2020-01-01T00:00:00+00:00",
        "modified_by":{"type":"user","id":"1","name":"a","login":"a"},"trashed_at":null}],"limit":1,"offset":0}
        """u8.ToArray();

    /// <summary>
    /// Has what reads a page compiled on another thread, while the first request of the process is under way: some ten milliseconds
    /// that nobody then waits for.
    /// </summary>
    internal static void Prepare() => _ = s_prepared.Value;

    internal static BoxVersionPage? ReadPage(ReadOnlyMemory<byte> bytes)
    {
        Utf8JsonReader reader = WireReader.Open(bytes);
        BoxVersionPage? page = ReadPage(ref reader);
        reader.Close();
        return page;
    }

    /// <summary>The total of a page of which only the first bytes are here; null where they do not begin with it.</summary>
    internal static long? ReadLeadingTotal(ReadOnlyMemory<byte> bytes)
    {
        var reader = new Utf8JsonReader(JsonBytes.WithoutMark(bytes.Span), isFinalBlock: false, default);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject
                && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("total_count"u8)
                && reader.Read() && reader.TokenType == JsonTokenType.Number
                ? reader.ReadInteger().Value
                : null;
        }
        catch (JsonException)
        {
            // Reading the whole of it tells what is wrong.
            return null;
        }
    }

    internal static BoxFileVersion? ReadVersion(ReadOnlyMemory<byte> bytes)
    {
        Utf8JsonReader reader = WireReader.Open(bytes);
        BoxFileVersion? version = ReadVersion(ref reader);
        reader.Close();
        return version;
    }

    internal static BoxFile? ReadFile(ReadOnlyMemory<byte> bytes)
    {
        Utf8JsonReader reader = WireReader.Open(bytes);
        BoxFile? file = ReadFile(ref reader);
        reader.Close();
        return file;
    }

    internal static BoxUser? ReadUser(ReadOnlyMemory<byte> bytes)
    {
        Utf8JsonReader reader = WireReader.Open(bytes);
        BoxUser? user = ReadUser(ref reader);
        reader.Close();
        return user;
    }

    private static BoxVersionPage? ReadPage(ref Utf8JsonReader reader)
    {
        if (!reader.EnterObject())
        {
            return null;
        }

        var page = new BoxVersionPage();
        while (reader.NextField())
        {
            if (reader.IsField("total_count"u8))
            {
                page.TotalCount = reader.ReadInteger();
            }
            else if (reader.IsField("limit"u8))
            {
                page.Limit = reader.ReadInteger();
            }
            else if (reader.IsField("entries"u8))
            {
                page.Entries = ReadVersions(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return page;
    }

    [MethodImpl(Compile.Fully)]
    private static List<BoxFileVersion?>? ReadVersions(ref Utf8JsonReader reader)
    {
        if (!reader.EnterArray())
        {
            return null;
        }

        var versions = new List<BoxFileVersion?>();
        while (reader.NextItem())
        {
            versions.Add(ReadVersion(ref reader));
        }

        return versions;
    }

    [MethodImpl(Compile.Fully)]
    private static BoxFileVersion? ReadVersion(ref Utf8JsonReader reader)
    {
        if (!reader.EnterObject())
        {
            return null;
        }

        var version = new BoxFileVersion();
        Dictionary<string, object?>? unknown = null;
        int next = 0;
        while (reader.NextField())
        {
            switch ((VersionField)s_versionFields.Find(ref reader, ref next))
            {
                case VersionField.Type:
                    version.WireType = reader.ReadSharedText();
                    break;
                case VersionField.Id:
                    version.VersionId = reader.ReadText();
                    break;
                case VersionField.Sha1:
                    version.Sha1 = reader.ReadText();
                    break;
                case VersionField.Name:
                    version.Name = reader.ReadSharedText();
                    break;
                case VersionField.Size:
                    version.Size = reader.ReadWhole("size", ref unknown);
                    break;
                case VersionField.CreatedAt:
                    version.CreatedAt = reader.ReadDate();
                    break;
                case VersionField.ModifiedAt:
                    version.ModifiedAt = reader.ReadDate();
                    break;
                case VersionField.ModifiedBy:
                    version.ModifiedBy = ReadUser(ref reader);
                    break;
                case VersionField.TrashedAt:
                    version.TrashedAt = reader.ReadDate();
                    break;
                case VersionField.TrashedBy:
                    version.TrashedBy = ReadUser(ref reader);
                    break;
                case VersionField.RestoredAt:
                    version.RestoredAt = reader.ReadDate();
                    break;
                case VersionField.RestoredBy:
                    version.RestoredBy = ReadUser(ref reader);
                    break;
                case VersionField.PurgedAt:
                    version.PurgedAt = reader.ReadDate();
                    break;
                case VersionField.UploaderDisplayName:
                    version.UploaderDisplayName = reader.ReadSharedText();
                    break;
                case VersionField.VersionNumber:
                    version.VersionNumber = reader.ReadText();
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
    private static BoxUser? ReadUser(ref Utf8JsonReader reader)
    {
        if (!reader.EnterObject())
        {
            return null;
        }

        var user = new BoxUser();
        Dictionary<string, object?>? unknown = null;
        int next = 0;
        while (reader.NextField())
        {
            switch ((UserField)s_userFields.Find(ref reader, ref next))
            {
                case UserField.Type:
                    user.WireType = reader.ReadSharedText();
                    break;
                case UserField.Id:
                    user.Id = reader.ReadSharedText();
                    break;
                case UserField.Name:
                    user.Name = reader.ReadSharedText();
                    break;
                case UserField.Login:
                    user.Login = reader.ReadSharedText();
                    break;
                default:
                    reader.ReadUnknown(ref unknown);
                    break;
            }
        }

        user.Additional = unknown;
        return user;
    }

    private static BoxFile? ReadFile(ref Utf8JsonReader reader)
    {
        if (!reader.EnterObject())
        {
            return null;
        }

        var file = new BoxFile();
        while (reader.NextField())
        {
            if (reader.IsField("file_version"u8))
            {
                file.CurrentVersion = ReadVersion(ref reader);
            }
            else if (reader.IsField("name"u8))
            {
                file.Name = reader.ReadText();
            }
            else if (reader.IsField("size"u8))
            {
                file.Size = reader.ReadInteger();
            }
            else if (reader.IsField("sha1"u8))
            {
                file.Sha1 = reader.ReadText();
            }
            else if (reader.IsField("version_number"u8))
            {
                file.VersionNumber = reader.ReadText();
            }
            else if (reader.IsField("modified_at"u8))
            {
                file.ModifiedAt = reader.ReadDate();
            }
            else if (reader.IsField("modified_by"u8))
            {
                file.ModifiedBy = ReadUser(ref reader);
            }
            else if (reader.IsField("uploader_display_name"u8))
            {
                file.UploaderDisplayName = reader.ReadText();
            }
            else if (reader.IsField("trashed_at"u8))
            {
                file.TrashedAt = reader.ReadDate();
            }
            else if (reader.IsField("purged_at"u8))
            {
                file.PurgedAt = reader.ReadDate();
            }
            else
            {
                reader.Skip();
            }
        }

        return file;
    }
}
