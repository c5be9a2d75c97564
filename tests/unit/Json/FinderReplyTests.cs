using System.Text;
using System.Text.Json;
using FileVersions.Box;
using FileVersions.Box.Replies;
using FileVersions.ImageKit;
using FileVersions.ImageKit.Replies;
using FileVersions.Services;

namespace FileVersions.UnitTests.Json;

public sealed class FinderReplyTests
{
    private const string File = """
        {"type":"file","id":"11","file_version":{"type":"file_version","id":"22","sha1":"AB"},"etag":"3","sha1":"ab","name":"q3.pdf","size":629644,
         "path_collection":{"total_count":2,"entries":[{"type":"folder","id":"0","name":"All Files"},{"type":"folder","id":"5","name":"Reports"}]},
         "created_at":"2012-12-12T10:53:43-08:00","modified_at":"2013-01-01T00:00:00Z",
         "modified_by":{"type":"user","id":"33","name":"Ada","login":"ada@example.com"},"parent":{"type":"folder","id":"5","name":"Reports"},
         "version_number":"2"}
        """;

    [Fact]
    public void A_file_has_every_property()
    {
        BoxFile file = BoxFileReplies.ReadFile(Bytes(File));

        Assert.Equal(("11", "q3.pdf", "/Reports/q3.pdf", "5"), (file.FileId, file.Name, file.FilePath, file.FolderId));
        Assert.Equal((629644L, "ab", "3", 2L, "22", true), (file.Size, file.Sha1, file.ETag, file.VersionNumber, file.CurrentVersionId, file.HasPastVersions));
        Assert.Equal("2012-12-12T10:53:43.0000000-08:00", file.CreatedAt?.ToString("O"));
        Assert.Equal("2013-01-01T00:00:00.0000000+00:00", file.ModifiedAt?.ToString("O"));
        Assert.Equal("ada@example.com", file.ModifiedBy?.Login);
        Assert.Null(file.GetAdditionalFields());
        Assert.Equal("/Reports/q3.pdf", file.ToString());
    }

    [Theory]
    [InlineData("""{"entries":[{"id":"0","name":"All Files"}]}""", "/a.txt")]
    [InlineData("""{"entries":[]}""", "/a.txt")]
    [InlineData("""{"entries":[{"id":"7","name":"Shared"},{"id":8,"name":"Team"}]}""", "/Shared/Team/a.txt")]
    [InlineData("null", null)]
    public void The_path_starts_at_the_root_that_the_account_can_see(string collection, string? path)
    {
        BoxFile file = BoxFileReplies.ReadFile(Bytes($$"""{"id":"1","path_collection":{{collection}},"name":"a.txt"}"""));

        Assert.Equal(path, file.FilePath);
        Assert.Null(file.GetAdditionalFields());
    }

    [Theory]
    [InlineData("""{"id":"1","path_collection":{"entries":[{"id":"7"}]},"name":"a"}""", "path_collection")]
    [InlineData("""{"id":"1","path_collection":{"entries":"none"},"name":"a"}""", "path_collection")]
    [InlineData("""{"id":"1","path_collection":[]}""", "path_collection")]
    [InlineData("""{"id":"1","parent":{"type":"user","id":"5"}}""", "parent")]
    [InlineData("""{"id":"1","parent":5}""", "parent")]
    [InlineData("""{"id":"1","file_version":{}}""", "file_version")]
    [InlineData("""{"id":"1","version_number":"one"}""", "version_number")]
    [InlineData("""{"id":"1","etag":{}}""", "etag")]
    public void A_part_of_a_file_in_an_unexpected_form_is_kept_unchanged(string json, string field)
    {
        BoxFile file = BoxFileReplies.ReadFile(Bytes(json));

        Assert.Equal(field, Assert.Single(file.GetAdditionalFields()!).Key);
        Assert.Equal(("1", null, null, null, null), (file.FileId, file.FilePath, file.FolderId, file.CurrentVersionId, file.ETag));
    }

    [Theory]
    [InlineData("\"1\"", false)]
    [InlineData("2", true)]
    [InlineData("null", null)]
    public void A_file_has_past_versions_if_its_version_number_is_above_one(string number, bool? expected) =>
        Assert.Equal(expected, BoxFileReplies.ReadFile(Bytes($$"""{"id":"1","version_number":{{number}}}""")).HasPastVersions);

    [Theory]
    [InlineData("\"abc=\"", "abc=")]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    public void A_folder_page_has_files_and_folders_in_order_without_web_links(string marker, string? expected)
    {
        BoxFolderPage page = BoxFileReplies.ReadFolderPage(Bytes($$"""
            {"entries":[{"id":"2","type":"folder","name":"b"},{"type":"folder","id":1},{"type":"web_link","id":"3","url":"u"},{{File}},
             {"name":"x","id":"12","type":"file"}],"limit":1000,"next_marker":{{marker}},"prev_marker":null}
            """));

        Assert.Equal([new BoxSubfolder("2", "b"), new BoxSubfolder("1", null)], page.Folders);
        Assert.Equal(["11", "12"], page.Files.Select(file => file.FileId));
        Assert.Equal(expected, page.NextMarker);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"entries":null}""")]
    [InlineData("""{"entries":[{"type":"file"}]}""")]
    [InlineData("""{"entries":[{"type":"folder","id":""}]}""")]
    [InlineData("""{"entries":[{"id":"1"}]}""")]
    [InlineData("""{"entries":["file"]}""")]
    [InlineData("""{"entries":[],"next_marker":{}}""")]
    public void A_malformed_folder_page_is_an_error(string json) => Assert.ThrowsAny<JsonException>(() => BoxFileReplies.ReadFolderPage(Bytes(json)));

    [Theory]
    [InlineData("\"1152922976252290886\"")]
    [InlineData("1152922976252290886")]
    public void An_event_page_keeps_every_digit_of_its_position(string position)
    {
        BoxEventPage page = BoxEventReplies.ReadPage(Bytes($$"""
            {"chunk_size":3,"next_stream_position":{{position}},"entries":[
             {"source":{"item_type":"file","item_id":"9","item_name":"a.txt","parent":{"type":"folder","id":"5"} },"created_by":{"type":"user","id":"33","login":"ada@example.com"},
              "created_at":"2026-01-02T03:04:05-07:00","event_id":"e1","event_type":"EDIT","additional_details":{"version_id":"4"} },
             {"source":{"type":"folder","id":"8","name":"b","parent":{"type":"folder","id":"5"} },"event_id":"e2"},
             {"source":null,"created_by":null,"event_id":3}]}
            """));

        Assert.Equal((3L, "1152922976252290886"), (page.ChunkSize, page.NextPosition));
        BoxEvent first = page.Events![0];
        Assert.Equal(("33", "ada@example.com"), (first.CreatedBy!.Id, first.CreatedBy.Login));
        Assert.Equal(("file", "9"), (first.Source!.Type, first.Source.Id));
        Assert.Equal(("folder", "8"), (page.Events[1].Source!.Type, page.Events[1].Source!.Id));
        Assert.Equal((null, null), (page.Events[2].Source, page.Events[2].CreatedBy));
    }

    [Theory]
    [InlineData("""{"chunk_size":0}""")]
    [InlineData("""{"entries":{}}""")]
    [InlineData("""{"entries":[5]}""")]
    [InlineData("""{"entries":[],"next_stream_position":{}}""")]
    public void A_malformed_event_page_is_an_error(string json) => Assert.ThrowsAny<JsonException>(() => BoxEventReplies.ReadPage(Bytes(json)));

    [Fact]
    public void An_event_page_without_a_chunk_size_uses_the_number_of_entries() =>
        Assert.Equal(1, BoxEventReplies.ReadPage(Bytes("""{"entries":[{"event_id":"1"}]}""")).ChunkSize);

    [Fact]
    public void The_reply_to_an_upload_contains_the_file()
    {
        BoxFile file = BoxFileReplies.ReadUploadedFile(Bytes($$"""{"total_count":1,"entries":[{{File}}]}"""));

        Assert.Equal(("11", "22"), (file.FileId, file.CurrentVersionId));
        Assert.ThrowsAny<JsonException>(() => BoxFileReplies.ReadUploadedFile(Bytes("""{"entries":[]}""")));
    }

    [Fact]
    public void An_upload_session_has_its_sizes_and_addresses()
    {
        BoxUploadSession session = BoxUploadReplies.ReadSession(Bytes(Session("\"id\":\"F97\",\"part_size\":8388608,", "https://upload.example.com/")));

        Assert.Equal(8388608L, session.PartSize);
        Assert.Equal(
            ["https://upload.example.com/parts", "https://upload.example.com/commit", "https://upload.example.com/part", "https://upload.example.com/abort"],
            new[] { session.ListAddress, session.CommitAddress, session.PartAddress, session.AbortAddress }.Select(address => address.AbsoluteUri));
    }

    [Theory]
    [InlineData("\"id\":\"F97\",", "https://upload.example.com/")]
    [InlineData("\"id\":\"F97\",\"part_size\":0,", "https://upload.example.com/")]
    [InlineData("\"id\":\"F97\",\"part_size\":8388608,", "")]
    public void An_upload_session_that_cannot_be_used_is_an_error(string fields, string root) =>
        Assert.ThrowsAny<JsonException>(() => BoxUploadReplies.ReadSession(Bytes(Session(fields, root))));

    [Theory]
    [InlineData("""{"part":{"part_id":"6F2D3486","offset":16777216,"size":3222784,"sha1":"13"}}""")]
    [InlineData("""{"part_id":"6F2D3486","offset":16777216,"size":3222784,"sha1":"13"}""")]
    public void An_uploaded_part_can_be_inside_a_part_object(string json)
    {
        UploadedPart part = BoxUploadReplies.ReadPart(Bytes(json));

        Assert.Equal(("6F2D3486", 16777216L, 3222784L, "13"), (part.Id, part.Offset, part.Size, part.Sha1));
    }

    [Fact]
    public void The_list_of_parts_has_no_checksums()
    {
        (IReadOnlyList<UploadedPart> parts, long? total) = BoxUploadReplies.ReadPartPage(Bytes(
            """{"entries":[{"part_id":"A","offset":0,"size":8,"sha1":null},{"part_id":"B","offset":8,"size":3,"sha1":null}],"total_count":2,"limit":1000}"""));

        Assert.Equal(2, total);
        Assert.Equal([("A", 0L, null), ("B", 8L, null)], parts.Select(part => (part.Id, part.Offset, part.Sha1)));
        Assert.ThrowsAny<JsonException>(() => BoxUploadReplies.ReadPartPage(Bytes("""{"entries":[{"part_id":"A","size":8}]}""")));
        Assert.ThrowsAny<JsonException>(() => BoxUploadReplies.ReadPartPage(Bytes("{}")));
    }

    [Fact]
    public void An_ImageKit_page_has_files_and_counts_its_folders()
    {
        IKFilePage page = IKReplies.ReadFiles(Bytes("""
            [{"name":"banners","type":"folder","folderId":"d1","folderPath":"/banners","createdAt":"2026-01-02T03:04:05.678Z"},
             {"type":"file","fileId":"f1","name":"a.jpg","filePath":"/a.jpg","size":5,"fileType":"image","mime":"image/jpeg","width":3,"height":4,"tags":["x"," y"],
              "url":"https://ik.example.com/a.jpg","versionInfo":{"id":"v1","name":"Version 2"},"isPrivateFile":true,"customCoordinates":"1,2,3,4",
              "customMetadata":{"n":1},"createdAt":"2026-01-02T03:04:05.678Z","updatedAt":"2026-01-03T03:04:05.678Z","AITags":"","embeddedMetadata":{}}]
            """));

        Assert.Equal(2, page.Count);
        IKFile file = Assert.Single(page.Files);
        Assert.Equal(("f1", "a.jpg", "/a.jpg", 5L, "image", "image/jpeg"), (file.FileId, file.Name, file.FilePath, file.Size, file.FileType, file.Mime));
        Assert.Equal((3L, 4L, "x,  y", "https://ik.example.com/a.jpg", "v1", "Version 2"), (file.Width, file.Height, file.Tags?.ToString(), file.Url, file.CurrentVersionId, file.VersionName));
        Assert.Equal((true, "1,2,3,4", 1L), (file.IsPrivateFile, file.CustomCoordinates, file.CustomMetadata!["n"]));
        Assert.Equal(TimeSpan.FromDays(1), file.UpdatedAt - file.CreatedAt);
        Assert.Equal(["AITags", "embeddedMetadata"], file.GetAdditionalFields()!.Keys.Order());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[{}]")]
    public void A_malformed_ImageKit_page_is_an_error(string json) => Assert.ThrowsAny<JsonException>(() => IKReplies.ReadFiles(Bytes(json)));

    private static string Session(string fields, string root) => $$"""
        {{{fields}}"type":"upload_session","total_parts":2,"num_parts_processed":1,"session_expires_at":"2026-04-18T01:45:15Z","session_endpoints":
         {"list_parts":"{{root}}parts","commit":"{{root}}commit","upload_part":"{{root}}part","status":"{{root}}status","abort":"{{root}}abort"} }
        """;

    private static ReadOnlyMemory<byte> Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
