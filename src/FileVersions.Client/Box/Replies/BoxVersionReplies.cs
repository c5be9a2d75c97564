using FileVersions.Json;

namespace FileVersions.Box.Replies;

internal static class BoxVersionReplies
{
    internal static readonly FieldTable<BoxUser> User = new(
        ("type", static (_, ref value) => value.ReadConstant("user"u8)),
        ("id", static (user, ref value) => user.Id = value.ReadOptionalId()),
        ("name", static (user, ref value) => user.Name = value.ReadRepeatedText()),
        ("login", static (user, ref value) => user.Login = value.ReadRepeatedText()));

    private static readonly FieldTable<BoxFileVersion> s_version = new(
        ("type", static (_, ref value) => value.ReadConstant("file_version"u8)),
        ("id", static (version, ref value) => version.VersionId = value.ReadId()),
        ("sha1", static (version, ref value) => version.Sha1 = value.ReadText()),
        ("name", static (version, ref value) => version.Name = value.ReadRepeatedText()),
        ("size", static (version, ref value) => version.Size = value.ReadWhole()),
        ("created_at", static (version, ref value) => version.CreatedAt = value.ReadDate()),
        ("modified_at", static (version, ref value) => version.ModifiedAt = value.ReadDate()),
        ("modified_by", static (version, ref value) => version.ModifiedBy = User.Read(ref value)),
        ("trashed_at", static (version, ref value) => version.TrashedAt = value.ReadDate()),
        ("trashed_by", static (version, ref value) => version.TrashedBy = User.Read(ref value)),
        ("restored_at", static (version, ref value) => version.RestoredAt = value.ReadDate()),
        ("restored_by", static (version, ref value) => version.RestoredBy = User.Read(ref value)),
        ("purged_at", static (version, ref value) => version.PurgedAt = value.ReadDate()),
        ("uploader_display_name", static (version, ref value) => version.UploaderDisplayName = value.ReadRepeatedText()),
        ("version_number", static (version, ref value) => version.VersionNumber = value.ReadWholeAsText()));

    private static readonly FieldTable<BoxVersionPage> s_page = new(
        ("total_count", static (page, ref value) => page.TotalCount = value.ReadWholeAsText()),
        ("entries", static (page, ref value) => page.Entries = value.ReadObjects(s_version)),
        ("limit", static (page, ref value) => page.Limit = value.ReadWholeAsText()));

    // A file's own dates and SHA-1 are those of its current version, except for created_at, which is the file's.
    private static readonly FieldTable<BoxFileVersion> s_currentVersion = new(
        ("type", static (_, ref value) => value.Skip()),
        ("id", static (_, ref value) => value.Skip()),
        ("etag", static (_, ref value) => value.Skip()),
        ("file_version", static (version, ref value) => version.VersionId = s_version.Read(ref value)?.VersionId),
        ("sha1", static (version, ref value) => version.Sha1 = value.ReadText()),
        ("name", static (version, ref value) => version.Name = value.ReadRepeatedText()),
        ("size", static (version, ref value) => version.Size = value.ReadWhole()),
        ("modified_at", static (version, ref value) => version.ModifiedAt = value.ReadDate()),
        ("modified_by", static (version, ref value) => version.ModifiedBy = User.Read(ref value)),
        ("trashed_at", static (version, ref value) => version.TrashedAt = value.ReadDate()),
        ("purged_at", static (version, ref value) => version.PurgedAt = value.ReadDate()),
        ("uploader_display_name", static (version, ref value) => version.UploaderDisplayName = value.ReadRepeatedText()),
        ("version_number", static (version, ref value) => version.VersionNumber = value.ReadWholeAsText()));

    /// <summary>Reads a page of past versions, each with an id.</summary>
    internal static BoxVersionPage ReadPage(ReadOnlyMemory<byte> reply)
    {
        BoxVersionPage page = s_page.ReadObject(reply);
        if (page.Entries is null)
        {
            throw ReplyReader.Missing("entries");
        }

        foreach (BoxFileVersion version in page.Entries)
        {
            RequireId(version);
        }

        return page;
    }

    /// <summary>Reads one version, which has an id.</summary>
    internal static BoxFileVersion ReadVersion(ReadOnlyMemory<byte> reply) => RequireId(s_version.ReadObject(reply));

    /// <summary>Reads what a file's reply says about its current version, which has an id. CreatedAt is null: the reply does not contain it.</summary>
    internal static BoxFileVersion ReadCurrentVersion(ReadOnlyMemory<byte> reply)
    {
        BoxFileVersion version = RequireId(s_currentVersion.ReadObject(reply));
        version.IsCurrent = true;
        return version;
    }

    /// <summary>Reads a user, who has an id.</summary>
    internal static BoxUser ReadUser(ReadOnlyMemory<byte> reply)
    {
        BoxUser user = User.ReadObject(reply);
        return string.IsNullOrEmpty(user.Id) ? throw ReplyReader.Missing("id") : user;
    }

    private static BoxFileVersion RequireId(BoxFileVersion version) =>
        string.IsNullOrEmpty(version.VersionId) ? throw ReplyReader.Missing("id") : version;
}
