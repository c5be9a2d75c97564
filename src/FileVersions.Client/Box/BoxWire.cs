using System;
using System.Collections.Generic;
using System.Text.Json;
using FileVersions.Json;

namespace FileVersions.Box;

/// <summary>Reads what Box sends.</summary>
internal static class BoxWire
{
    internal const string VersionType = "file_version";

    internal static BoxVersionPage? ReadPage(ReadOnlyMemory<byte> bytes)
    {
        Utf8JsonReader reader = WireReader.Open(bytes);
        BoxVersionPage? page = ReadPage(ref reader);
        reader.Close();
        return page;
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
            else if (reader.IsField("offset"u8))
            {
                page.Offset = reader.ReadInteger();
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

    private static BoxFileVersion? ReadVersion(ref Utf8JsonReader reader)
    {
        if (!reader.EnterObject())
        {
            return null;
        }

        var version = new BoxFileVersion();
        Dictionary<string, object?>? unknown = null;
        while (reader.NextField())
        {
            if (reader.IsField("type"u8))
            {
                version.WireType = reader.ReadSharedText();
            }
            else if (reader.IsField("id"u8))
            {
                version.VersionId = reader.ReadText();
            }
            else if (reader.IsField("sha1"u8))
            {
                version.Sha1 = reader.ReadText();
            }
            else if (reader.IsField("name"u8))
            {
                version.Name = reader.ReadSharedText();
            }
            else if (reader.IsField("size"u8))
            {
                version.WireSize = reader.ReadInteger();
            }
            else if (reader.IsField("created_at"u8))
            {
                version.CreatedAt = reader.ReadDate();
            }
            else if (reader.IsField("modified_at"u8))
            {
                version.ModifiedAt = reader.ReadDate();
            }
            else if (reader.IsField("modified_by"u8))
            {
                version.ModifiedBy = ReadUser(ref reader);
            }
            else if (reader.IsField("trashed_at"u8))
            {
                version.TrashedAt = reader.ReadDate();
            }
            else if (reader.IsField("trashed_by"u8))
            {
                version.TrashedBy = ReadUser(ref reader);
            }
            else if (reader.IsField("restored_at"u8))
            {
                version.RestoredAt = reader.ReadDate();
            }
            else if (reader.IsField("restored_by"u8))
            {
                version.RestoredBy = ReadUser(ref reader);
            }
            else if (reader.IsField("purged_at"u8))
            {
                version.PurgedAt = reader.ReadDate();
            }
            else if (reader.IsField("uploader_display_name"u8))
            {
                version.UploaderDisplayName = reader.ReadSharedText();
            }
            else if (reader.IsField("version_number"u8))
            {
                version.VersionNumber = reader.ReadText();
            }
            else
            {
                reader.ReadUnknown(ref unknown);
            }
        }

        version.Additional = unknown;
        return version;
    }

    private static BoxUser? ReadUser(ref Utf8JsonReader reader)
    {
        if (!reader.EnterObject())
        {
            return null;
        }

        var user = new BoxUser();
        Dictionary<string, object?>? unknown = null;
        while (reader.NextField())
        {
            if (reader.IsField("type"u8))
            {
                user.WireType = reader.ReadSharedText();
            }
            else if (reader.IsField("id"u8))
            {
                user.Id = reader.ReadSharedText();
            }
            else if (reader.IsField("name"u8))
            {
                user.Name = reader.ReadSharedText();
            }
            else if (reader.IsField("login"u8))
            {
                user.Login = reader.ReadSharedText();
            }
            else
            {
                reader.ReadUnknown(ref unknown);
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
