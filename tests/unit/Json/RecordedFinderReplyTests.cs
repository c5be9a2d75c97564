using FileVersions.Box;
using FileVersions.Box.Replies;
using FileVersions.ImageKit;
using FileVersions.ImageKit.Replies;
using FileVersions.Services;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Json;

/// <summary>Reads replies about files, folders, events and uploads that were recorded for the services' own SDKs.</summary>
public sealed class RecordedFinderReplyTests
{
    private const string BoxFolder = "fixtures/box";
    private const string IKFolder = "fixtures/imagekit";

    [SharedFact(BoxFolder)]
    public void A_Box_file_has_a_path_and_its_other_fields_are_kept()
    {
        BoxFile file = BoxFileReplies.ReadFile(Read(BoxFolder, "box-node-sdk-3_get_files_id_200.json"));

        Assert.Equal(("1234567890", "/Collaborated Folder/Puppy.png", "987654321", "11223344556677", "1"), (file.FileId, file.FilePath, file.FolderId, file.CurrentVersionId, file.ETag));
        Assert.Equal(106833, file.Size);
        Assert.Null(file.HasPastVersions);
        Assert.Equal("active", file.GetAdditionalFields()!["item_status"]);
    }

    [SharedFact(BoxFolder)]
    public void The_last_page_of_a_Box_folder_has_no_marker()
    {
        BoxFolderPage first = BoxFileReplies.ReadFolderPage(Read(BoxFolder, "boxcli_get_folders_id_items_page_1.json"));
        BoxFolderPage last = BoxFileReplies.ReadFolderPage(Read(BoxFolder, "boxcli_get_folders_id_items_page_2.json"));

        Assert.Equal(["55555", "66666"], first.Files.Select(file => file.FileId));
        Assert.Equal(("page_1_marker", null), (first.NextMarker, last.NextMarker));
    }

    [SharedFact(BoxFolder)]
    public void Every_recorded_page_of_a_Box_folder_can_be_read()
    {
        string[] pages = Directory.GetFiles(SharedFactAttribute.Locate(BoxFolder), "*get_folders_id_items*.json");

        Assert.NotEmpty(pages);
        Assert.All(pages, page => Assert.NotNull(BoxFileReplies.ReadFolderPage(File.ReadAllBytes(page)).Files));
    }

    [SharedFact(BoxFolder)]
    public void Box_event_positions_can_be_strings_or_numbers()
    {
        BoxEventPage enterprise = BoxEventReplies.ReadPage(Read(BoxFolder, "boxcli_get_events_page_1.json"));
        BoxEventPage user = BoxEventReplies.ReadPage(Read(BoxFolder, "box-ios-sdk-5.6.0_get_events_user_200.json"));

        Assert.Equal(("1152922976252290886", 2L), (enterprise.NextPosition, enterprise.ChunkSize));
        Assert.Equal("222853849", enterprise.Events![0].CreatedBy?.Id);
        Assert.Equal("1348790499819", user.NextPosition);
        Assert.Equal(("folder", "22222"), (user.Events![0].Source?.Type, user.Events[0].Source?.Id));
    }

    [SharedFact(BoxFolder)]
    public void Uploads_to_Box_can_be_read()
    {
        BoxFile file = BoxFileReplies.ReadUploadedFile(Read(BoxFolder, "box-java-sdk-4_post_files_id_content_201.json"));
        BoxUploadSession session = BoxUploadReplies.ReadSession(Read(BoxFolder, "box-ios-sdk-5.6.0_post_files_id_upload_sessions_201.json"));
        UploadedPart part = BoxUploadReplies.ReadPart(Read(BoxFolder, "docs_put_files_upload_sessions_id_200.json"));
        IReadOnlyList<UploadedPart> parts = BoxUploadReplies.ReadPartPage(Read(BoxFolder, "box-ios-sdk-5.6.0_get_files_upload_sessions_id_parts_200.json")).Parts;

        Assert.Equal(("/Test Folder/test.txt", "12345"), (file.FilePath, file.CurrentVersionId));
        Assert.Equal(8388608L, session.PartSize);
        Assert.Equal(("6F2D3486", 16777216L, 3222784L), (part.Id, part.Offset, part.Size));
        Assert.Equal(["CFEB4BA9", "4DBB872D", "6F2D3486"], parts.Select(each => each.Id));
    }

    [SharedFact(IKFolder)]
    public void Files_and_uploads_of_ImageKit_can_be_read()
    {
        IKFile listed = Assert.Single(IKReplies.ReadFiles(Read(IKFolder, "imagekit-python-4.2.0_list_files_200.json")).Files);
        IKFile details = IKReplies.ReadFile(Read(IKFolder, "imagekit-java-2.0.1_get_file_details_non_image_200.json"));
        IKFile uploaded = IKReplies.ReadFile(Read(IKFolder, "imagekit-python-4.2.0_upload_200.json"));

        Assert.Equal(("62a995f4d875ec08dc587b72", "Version 1", "Tag_1,  Tag_2,  Tag_3, tag-to-add-2"), (listed.FileId, listed.VersionName, listed.Tags!.ToString()));
        Assert.Equal(("non-image", 169170L, null), (details.FileType, details.Size, details.Width));
        Assert.Equal(("fake_file_id1234", "62d670648cdb697522602b45", "Version 11"), (uploaded.FileId, uploaded.CurrentVersionId, uploaded.VersionName));
    }

    private static byte[] Read(string folder, string name) => File.ReadAllBytes(Path.Combine(SharedFactAttribute.Locate(folder), name));
}
