using System.Text;
using FileVersions.Box;
using FileVersions.ImageKit;
using FileVersions.Services;
using FileVersions.UnitTests.Http;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Json;

/// <summary>Reads replies recorded by the services' own clients. They are not part of this project.</summary>
public sealed class RecordedReplyTests
{
    private const string BoxVersions = "fixtures/box/box-node-sdk-3_get_files_id_versions_200.json";
    private const string BoxFile = "fixtures/box/box-node-sdk-3_get_files_id_200.json";
    private const string BoxPage1 = "fixtures/box/boxcli_get_files_id_versions_page_1.json";
    private const string BoxPage2 = "fixtures/box/boxcli_get_files_id_versions_page_2.json";
    private const string BoxPromoted = "fixtures/box/boxcli_post_files_id_versions_current.json";
    private const string Box400 = "fixtures/box/box-node-sdk-3_client_error_400.json";
    private const string Box404 = "fixtures/box/box-node-sdk-3_client_error_404.json";
    private const string Box429 = "fixtures/box/docs_error_429.json";
    private const string IKVersions = "fixtures/imagekit/imagekit-python-4.2.0_get_file_versions_200.json";
    private const string IK404 = "fixtures/imagekit/imagekit-python-4.2.0_error_404.json";

    [SharedFact(BoxVersions)]
    public async Task Box_list()
    {
        Listing<BoxFileVersion> listing = await Replies.BoxListAsync(Read(BoxVersions));

        Assert.Empty(listing.Errors);
        Assert.Equal(["11111", "22222"], listing.Items.Select(version => version.VersionId));
        BoxFileVersion second = listing.Items[1];
        Assert.Equal(("test file.txt", 9L, "6afc05eae22e994f1c7dd48e58f8895dd9028223"), (second.Name, second.Size, second.Sha1));
        Assert.Equal("2016-12-07T15:53:59.0000000-08:00", second.CreatedAt?.ToString("O"));
        Assert.Equal("2016-12-07T15:53:59.0000000-08:00", second.ModifiedAt?.ToString("O"));
        Assert.Equal("Test User <testuser@example.com>", second.ModifiedBy?.ToString());
        Assert.All(listing.Items, version => Assert.Null(version.TrashedAt));
        Assert.All(listing.Items, version => Assert.Null(version.GetAdditionalFields()));
    }

    [SharedFact(BoxPage2)]
    public async Task Box_list_of_two_pages()
    {
        await using var server = new RawServer(request => RawServer.Reply(
            "200 OK", Encoding.UTF8.GetString(Read(request.Contains("offset=0", StringComparison.Ordinal) ? BoxPage1 : BoxPage2))));

        Listing<BoxFileVersion> listing = await Clients.Box(server.Address).ListAsync(["7"]);

        Assert.Equal(["11111", "22222", "111112", "222223"], listing.Items.Select(version => version.VersionId));
        Assert.Empty(listing.Errors);
    }

    [SharedFact(BoxFile)]
    public async Task Box_current_version()
    {
        Listing<BoxFileVersion> listing = await Replies.BoxListAsync(Read(BoxFile), new VersionListOptions { IncludeCurrent = true, Limit = 1 });

        BoxFileVersion version = Assert.Single(listing.Items);
        Assert.Equal(("7", "11223344556677", true), (version.FileId, version.VersionId, version.IsCurrent));
        Assert.Equal(("Puppy.png", 106833L, "97b3dbba6eab7ad0f058240744c8636b7c7bea93"), (version.Name, version.Size, version.Sha1));
        Assert.Equal("2016-11-16T22:01:51.0000000-08:00", version.ModifiedAt?.ToString("O"));
        Assert.Equal("1357924680", version.ModifiedBy?.Id);

        // The file's own date is not the version's.
        Assert.Null(version.CreatedAt);
    }

    [SharedFact(BoxPromoted)]
    public async Task Box_version()
    {
        BoxFileVersion version = await Replies.BoxVersionAsync(await File.ReadAllTextAsync(SharedFactAttribute.Locate(BoxPromoted)));

        Assert.Equal(("1234567890", 16L), (version.VersionId, version.Size));
        Assert.Equal("2018-04-24T15:08:58.0000000-07:00", version.CreatedAt?.ToString("O"));
    }

    [SharedFact(Box404)]
    public async Task Box_errors()
    {
        await CheckBoxErrorAsync(Box400, 400, FileVersionErrorKind.InvalidRequest, "external_collaboration_restricted", "External collaboration is restricted on this item", "1574585486582d3f3feb050");
        await CheckBoxErrorAsync(Box404, 404, FileVersionErrorKind.FileVersionNotFound, "not_found", "Not Found", "1063648633582d352dd9890");
        await CheckBoxErrorAsync(Box429, 429, FileVersionErrorKind.RateLimited, "rate_limit_exceeded", "Request rate limit exceeded, please try again later", "abcdef123456");
    }

    [SharedFact(IKVersions)]
    public async Task ImageKit_list()
    {
        Listing<IKFileVersion> listing = await Replies.IKListAsync(Read(IKVersions));

        Assert.Empty(listing.Errors);
        Assert.Equal([("fake_123", "versionId", "Version 4", true), ("fileId", "62c2bdd5872375c6b8f40fd4", "Version 1", false)],
            listing.Items.Select(version => (version.FileId, version.VersionId, version.VersionName, version.IsCurrent!.Value)));
        IKFileVersion second = listing.Items[1];
        Assert.Equal("Tag_1, Tag_2, Tag_3", second.Tags!.ToString());
        Assert.Equal(["Clothing", "Smile", "Shoe", "Street light"], second.AITags!.Select(tag => tag.Name));
        Assert.Equal(91.05, second.AITags![3].Confidence);
        Assert.Equal("10,10,40,40", second.CustomCoordinates);
        Assert.Equal(string.Empty, listing.Items[0].CustomCoordinates);
        Assert.Equal(10L, second.CustomMetadata!["test100"]);
        Assert.Equal(250L, second.EmbeddedMetadata!["YResolution"]);
        Assert.Equal((354L, 236L, 23023L, false, "image/jpeg"), (second.Height, second.Width, second.Size, second.HasAlpha, second.Mime));
        Assert.Equal(new DateTimeOffset(2022, 7, 4, 10, 15, 49, 698, TimeSpan.Zero), second.CreatedAt);
        Assert.Null(second.IsPublished);
        Assert.All(listing.Items, version => Assert.Null(version.GetAdditionalFields()));
    }

    [SharedFact(IK404)]
    public async Task ImageKit_error()
    {
        FileVersionException error = Assert.Single((await Replies.IKListAsync(Read(IK404), 404)).Errors);

        Assert.Equal(FileVersionErrorKind.FileVersionNotFound, error.Kind);
        Assert.Equal("The requested asset does not exist.", error.ServiceMessage);
    }

    private static async Task CheckBoxErrorAsync(string name, int status, FileVersionErrorKind kind, string code, string message, string requestId)
    {
        FileVersionException error = Assert.Single((await Replies.BoxListAsync(Read(name), status: status)).Errors);

        Assert.Equal((kind, status, code), (error.Kind, (int?)error.StatusCode, error.ServiceCode));
        Assert.Contains(message, error.ServiceMessage, StringComparison.Ordinal);
        Assert.Contains(requestId, error.RequestId, StringComparison.Ordinal);
    }

    private static byte[] Read(string name) => File.ReadAllBytes(SharedFactAttribute.Locate(name));
}
