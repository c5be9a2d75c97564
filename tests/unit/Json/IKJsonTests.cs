using System.Text;
using FileVersions.ImageKit;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Json;

/// <summary>Reads the observed forms of ImageKit versions.</summary>
public sealed class IKJsonTests
{
    [Fact]
    public async Task All_documented_fields_are_read()
    {
        IKFileVersion version = await Replies.IKVersionAsync("""
            {"type":"file-version","name":"clip.mp4","createdAt":"2019-08-24T06:14:41.313Z","updatedAt":"2019-08-25T06:14:41.313Z","fileId":"f1",
             "tags":["a","b"],"AITags":[{"name":"Shirt","confidence":90.12,"source":"google-auto-tagging"}],
             "versionInfo":{"id":"v1","name":"Version 2"},"embeddedMetadata":{"XResolution":250},"customCoordinates":"10,10,40,40",
             "customMetadata":{"brand":"Nova","price":10.5},"isPrivateFile":true,"isPublished":false,"url":"https://ik.imagekit.io/x/clip.mp4",
             "thumbnail":"https://ik.imagekit.io/x/t.jpg","fileType":"non-image","filePath":"/clip.mp4","height":354,"width":236,"size":7390,
             "hasAlpha":false,"mime":"video/mp4","duration":12.5,"bitRate":1000000,"videoCodec":"h264","audioCodec":"aac","description":"A clip"}
            """);

        Assert.Equal("f1", version.FileId);
        Assert.Equal("v1", version.VersionId);
        Assert.Equal("Version 2", version.VersionName);
        Assert.Equal("file-version", version.Type);
        Assert.False(version.IsCurrent);
        Assert.Equal("clip.mp4", version.Name);
        Assert.Equal("/clip.mp4", version.FilePath);
        Assert.Equal("non-image", version.FileType);
        Assert.Equal("video/mp4", version.Mime);
        Assert.Equal(7390, version.Size);
        Assert.Equal(236, version.Width);
        Assert.Equal(354, version.Height);
        Assert.False(version.HasAlpha);
        Assert.Equal(["a", "b"], version.Tags!);
        AITag tag = Assert.Single(version.AITags!);
        Assert.Equal(("Shirt", 90.12, "google-auto-tagging"), (tag.Name, tag.Confidence, tag.Source));
        Assert.Equal("10,10,40,40", version.CustomCoordinates);
        Assert.Equal(("Nova", 10.5m), (version.CustomMetadata!["brand"], version.CustomMetadata["price"]));
        Assert.Equal(250L, version.EmbeddedMetadata!["XResolution"]);
        Assert.Equal("A clip", version.Description);
        Assert.Equal("https://ik.imagekit.io/x/clip.mp4", version.Url);
        Assert.Equal("https://ik.imagekit.io/x/t.jpg", version.Thumbnail);
        Assert.True(version.IsPrivateFile);
        Assert.False(version.IsPublished);
        Assert.Equal(12.5m, version.Duration);
        Assert.Equal(1000000, version.BitRate);
        Assert.Equal("h264", version.VideoCodec);
        Assert.Equal("aac", version.AudioCodec);
        Assert.Equal(new DateTimeOffset(2019, 8, 24, 6, 14, 41, 313, TimeSpan.Zero), version.CreatedAt);
        Assert.Equal(new DateTimeOffset(2019, 8, 25, 6, 14, 41, 313, TimeSpan.Zero), version.UpdatedAt);
        Assert.Null(version.GetAdditionalFields());
    }

    [Fact]
    public async Task No_field_is_required_and_the_requested_file_id_is_the_default()
    {
        IKFileVersion version = await Replies.IKVersionAsync("{}");

        string[] set = [.. typeof(IKFileVersion).GetProperties().Where(property => property.GetValue(version) is not null).Select(property => property.Name)];
        Assert.Equal(["FileId"], set);
        Assert.Equal("asked", version.FileId);
    }

    [Fact]
    public async Task Fields_can_be_null()
    {
        IKFileVersion version = await Replies.IKVersionAsync(
            """{"type":"file","tags":null,"AITags":null,"customCoordinates":null,"embeddedMetadata":null,"customMetadata":{},"versionInfo":null,"size":null,"width":null}""");

        Assert.True(version.IsCurrent);
        Assert.Null(version.Tags);
        Assert.Null(version.AITags);
        Assert.Null(version.CustomCoordinates);
        Assert.Null(version.EmbeddedMetadata);
        Assert.Empty(version.CustomMetadata!);
        Assert.Null(version.VersionId);
        Assert.Null(version.Size);
        Assert.Null(version.Width);
    }

    [Theory]
    [InlineData("""{"name":"Shirt","confidence":90,"source":"s"}""", "Shirt (90%)")]
    [InlineData("\"Shirt\"", "Shirt")]
    [InlineData("""["Shirt",{"name":"Hat","confidence":50.5}]""", "Shirt, Hat (50.5%)")]
    [InlineData("[]", "")]
    [InlineData("\"\"", null)]
    public async Task AITags_can_be_a_single_tag_or_contain_names(string tags, string? expected)
    {
        IKFileVersion version = await Replies.IKVersionAsync($$"""{"AITags":{{tags}}}""");

        Assert.Equal(expected, version.AITags?.ToString());
    }

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"10,10,40,40\"", "10,10,40,40")]
    public async Task Coordinates_can_be_empty(string coordinates, string expected)
    {
        IKFileVersion version = await Replies.IKVersionAsync($$"""{"customCoordinates":{{coordinates}}}""");

        Assert.Equal(expected, version.CustomCoordinates);
    }

    [Theory]
    [InlineData("\"file\"", true)]
    [InlineData("\"file-version\"", false)]
    [InlineData("\"folder\"", null)]
    [InlineData("null", null)]
    public async Task The_type_decides_whether_a_version_is_current(string type, bool? current)
    {
        IKFileVersion version = await Replies.IKVersionAsync($$"""{"type":{{type}}}""");

        Assert.Equal(current, version.IsCurrent);
    }

    [Theory]
    [InlineData("7390", 7390L)]
    [InlineData("7.39e3", 7390L)]
    [InlineData("7390.0", 7390L)]
    public async Task A_size_is_read_in_every_number_format(string size, long expected)
    {
        Assert.Equal(expected, (await Replies.IKVersionAsync($$"""{"size":{{size}}}""")).Size);
    }

    [Fact]
    public async Task A_size_that_is_not_an_integer_becomes_an_additional_field()
    {
        IKFileVersion version = await Replies.IKVersionAsync("""{"size":7390.5}""");

        Assert.Null(version.Size);
        Assert.Equal(7390.5m, version.GetAdditionalFields().Get("size"));
    }

    [Fact]
    public async Task Unknown_fields_are_kept_even_inside_other_fields()
    {
        IKFileVersion version = await Replies.IKVersionAsync("""
            {"fileId":"f1","selectedFieldsSchema":{"brand":{"type":"Text","readOnly":false}},"versionInfo":{"id":"v1","name":"n","more":1},
             "AITags":[{"name":"Shirt","box":[1,2]}],"customMetadata":{"Size":1,"size":2}}
            """);

        IReadOnlyDictionary<string, object?>? fields = version.GetAdditionalFields();
        var schema = Assert.IsType<ValueMap>(fields.Get("selectedFieldsSchema"));
        Assert.Equal("Text", Assert.IsType<ValueMap>(schema["brand"])["type"]);
        Assert.Equal(1L, Assert.IsType<ValueMap>(fields.Get("versionInfo"))["more"]);
        Assert.Equal([1L, 2L], Assert.IsType<ValueList<object?>>(version.AITags!.Single().GetAdditionalFields().Get("box")));
        Assert.Equal((1L, 2L), (version.CustomMetadata!["Size"], version.CustomMetadata["size"]));
    }

    [Fact]
    public async Task Versions_keep_the_order_of_the_reply_even_if_their_ids_repeat()
    {
        Listing<IKFileVersion> listing = await Replies.IKListAsync(Encoding.UTF8.GetBytes("""
            [{"type":"file-version","fileId":"f2","versionInfo":{"id":"v"}},{"type":"file","fileId":"f1","versionInfo":{"id":"v"}},{"versionInfo":{"id":"v"}}]
            """));

        Assert.Equal([("f2", "v"), ("f1", "v"), ("asked", "v")], listing.Items.Select(version => (version.FileId, version.VersionId)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("[1]")]
    [InlineData("")]
    [InlineData("""[{"fileId":{}}]""")]
    [InlineData("""[{"versionInfo":{"id":true}}]""")]
    [InlineData("<html></html>")]
    public async Task A_malformed_list_is_an_error(string body)
    {
        Listing<IKFileVersion> listing = await Replies.IKListAsync(Encoding.UTF8.GetBytes(body));

        Assert.Empty(listing.Items);
        FileVersionException error = Assert.Single(listing.Errors);
        Assert.Equal(FileVersionErrorKind.InvalidResponse, error.Kind);
        Assert.Equal("asked", error.FileId);
    }
}
