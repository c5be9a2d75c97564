using FileVersions.ImageKit;
using FileVersions.Services;
using FileVersions.UnitTests.Http;

namespace FileVersions.UnitTests.Saving;

public class IKContentServiceTests
{
    [Theory]
    [InlineData("https://ik.imagekit.io/demo/a.jpg", "https://ik.imagekit.io/demo/a.jpg?tr=orig-true")]
    [InlineData("https://ik.imagekit.io/demo/a.jpg?ik-obj-version=x%2B1", "https://ik.imagekit.io/demo/a.jpg?ik-obj-version=x%2B1&tr=orig-true")]
    [InlineData("https://ik.imagekit.io/demo/a.jpg?tr=orig-true", "https://ik.imagekit.io/demo/a.jpg?tr=orig-true")]
    [InlineData("https://ik.imagekit.io/demo/a%20b.jpg", "https://ik.imagekit.io/demo/a%20b.jpg?tr=orig-true")]
    public void The_original_is_requested(string url, string expected)
    {
        ContentLocation location = IKContentService.Locate(new Uri(url));

        Assert.Equal(expected, location.Address.AbsoluteUri);
        Assert.Null(location.MismatchAdvice);
    }

    [Fact]
    public void A_signed_address_is_unchanged()
    {
        const string Signed = "https://ik.imagekit.io/demo/a.jpg?ik-t=1&ik-s=ab";

        ContentLocation location = IKContentService.Locate(new Uri(Signed));

        Assert.Equal(Signed, location.Address.AbsoluteUri);
        Assert.NotNull(location.MismatchAdvice);
    }

    [Theory]
    [InlineData("a.jpg", null)]
    [InlineData(null, 5L)]
    public async Task A_version_with_missing_properties_is_read_first(string? name, long? size)
    {
        await using var server = new RawServer(_ => RawServer.Reply(
            "200 OK", """{"name":"b.jpg","size":7,"url":"https://ik.imagekit.io/demo/b.jpg","updatedAt":"2026-11-17T08:00:00Z","filePath":"/x/b.jpg"}"""));
        var service = new IKContentService(Transport.ImageKit(server.Address));
        var version = new VersionToSave("1", "2") { Name = name, Size = size, Url = "https://ik.imagekit.io/demo/a.jpg" };

        VersionToSave known = await service.CompleteAsync(version, null, CancellationToken.None);

        Assert.Equal(("b.jpg", 7L, "https://ik.imagekit.io/demo/b.jpg", "/x/b.jpg"), (known.Name, known.Size, known.Url, known.FilePath));
        Assert.Equal(new DateTimeOffset(2026, 11, 17, 8, 0, 0, TimeSpan.Zero), known.Date);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_version_with_all_properties_needs_no_request()
    {
        await using var server = new RawServer(_ => []);
        var service = new IKContentService(Transport.ImageKit(server.Address));
        var version = new VersionToSave("1", "2") { Name = "a.jpg", Size = 5, Url = "https://ik.imagekit.io/demo/a.jpg" };

        Assert.Same(version, await service.CompleteAsync(version, null, CancellationToken.None));
        Assert.Empty(server.Requests);
    }
}
