using System.Text;
using FileVersions.Json;

namespace FileVersions.Box.Replies;

internal static class BoxFileReplies
{
    // The root folder is not a part of paths.
    internal const string RootFolderId = "0";

    private static readonly FieldTable<BoxItem> s_item = new(
        ("type", static (item, ref value) => item.Type = value.ReadText()),
        ("id", static (item, ref value) => item.Id = value.ReadOptionalId()),
        ("name", static (item, ref value) => item.Name = value.ReadText()));

    private static readonly FieldTable<FolderPath> s_path = new(
        ("entries", static (path, ref value) => path.Folders = value.ReadList(static (ref item) => s_item.Read(ref item))));

    private static readonly FieldTable<BoxFile> s_file = new(
        ("type", static (_, ref value) => value.ReadConstant("file"u8)),
        ("id", static (file, ref value) => file.FileId = value.ReadId()),
        ("file_version", static (file, ref value) => file.CurrentVersionId = value.ReadPart(s_item, static version => version.Id)),
        ("etag", static (file, ref value) => file.ETag = value.ReadOptionalId()),
        ("sha1", static (file, ref value) => file.Sha1 = value.ReadText()),
        ("name", static (file, ref value) => file.Name = value.ReadText()),
        ("size", static (file, ref value) => file.Size = value.ReadWhole()),
        ("path_collection", static (file, ref value) => file.FolderPath = value.ReadPart(s_path, static path => path.Join())),
        ("created_at", static (file, ref value) => file.CreatedAt = value.ReadDate()),
        ("modified_at", static (file, ref value) => file.ModifiedAt = value.ReadDate()),
        ("modified_by", static (file, ref value) => file.ModifiedBy = BoxVersionReplies.User.Read(ref value)),
        ("parent", static (file, ref value) => file.FolderId = value.ReadPart(s_item, static parent => parent.Type is null or "folder" ? parent.Id : null)),
        ("version_number", static (file, ref value) => file.VersionNumber = value.ReadWholeAsText()));

    private static readonly FieldTable<BoxFolderPage> s_page = new(
        ("entries", static (page, ref value) => ReadItems(page, ref value)),
        ("next_marker", static (page, ref value) => page.NextMarker = value.ReadId() is { Length: > 0 } marker ? marker : null));

    private static readonly FieldTable<Upload> s_upload = new(
        ("entries", static (upload, ref value) => upload.Files = value.ReadObjects(s_file)));

    /// <summary>Reads a file, which has an id.</summary>
    internal static BoxFile ReadFile(ReadOnlyMemory<byte> reply) => Complete(s_file.ReadObject(reply));

    /// <summary>Reads the file in the reply to an upload or to the commit of an upload session.</summary>
    internal static BoxFile ReadUploadedFile(ReadOnlyMemory<byte> reply) =>
        s_upload.ReadObject(reply).Files is { Count: > 0 } files ? Complete(files[0]) : throw ReplyReader.Missing("entries");

    internal static BoxFolderPage ReadFolderPage(ReadOnlyMemory<byte> reply)
    {
        BoxFolderPage page = s_page.ReadObject(reply);
        return page.HasEntries ? page : throw ReplyReader.Missing("entries");
    }

    private static void ReadItems(BoxFolderPage page, ref ReplyReader value)
    {
        value.EnterRequiredArray();
        page.HasEntries = true;
        while (value.NextItem())
        {
            switch (value.PeekText("type"u8))
            {
                case "file":
                    page.Files.Add(Complete(s_file.Read(ref value)!));
                    break;
                case "folder":
                    BoxItem folder = s_item.Read(ref value)!;
                    page.Folders.Add(new BoxSubfolder(folder.Id is { Length: > 0 } id ? id : throw ReplyReader.Missing("id"), folder.Name));
                    break;
                case null:
                    throw ReplyReader.Missing("type");
                default:
                    value.Skip();
                    break;
            }
        }
    }

    private static BoxFile Complete(BoxFile file)
    {
        if (string.IsNullOrEmpty(file.FileId))
        {
            throw ReplyReader.Missing("id");
        }

        file.FilePath = file.FolderPath is null || file.Name is null ? null : file.FolderPath + file.Name;
        return file;
    }

    private sealed class FolderPath
    {
        internal ValueList<BoxItem?>? Folders { get; set; }

        /// <summary>The path with a slash at both ends; null if a folder has no name.</summary>
        internal string? Join()
        {
            if (Folders is null)
            {
                return null;
            }

            var path = new StringBuilder("/");
            foreach (BoxItem? folder in Folders)
            {
                if (folder?.Id == RootFolderId)
                {
                    continue;
                }

                if (folder?.Name is null)
                {
                    return null;
                }

                path.Append(folder.Name).Append('/');
            }

            return path.ToString();
        }
    }

    private sealed class Upload
    {
        internal List<BoxFile>? Files { get; set; }
    }
}
