using System.Net;
using System.Security.Cryptography;
using System.Text;
using FileVersions.ImageKit;
using FileVersions.Services;
using FileVersions.UnitTests.Http;
using static FileVersions.UnitTests.Saving.ContentServer;

namespace FileVersions.UnitTests.Saving;

public class DownloadTests
{
    private const string Content = "abcdefghij";

    [Fact]
    public async Task An_interrupted_download_resumes_where_it_stopped()
    {
        await using var server = new ContentServer(
            Whole("abcd", 10, "ETag: \"1\""), Part("efghij", 4, "10", "ETag: \"1\""));

        Assert.Equal(Content, await server.SaveAsync(Version(size: 10)));
        Assert.Equal(["", "bytes=4-"], server.Ranges);
        Assert.Equal(["", "\"1\""], server.IfRanges);
    }

    [Theory]
    [InlineData("ETag: \"1\"", "ETag: \"2\"")]
    [InlineData("ETag: \"1\"", "X-None: 1")]
    [InlineData("ETag: \"1\"", "ETag: W/\"1\"")]
    public async Task A_part_with_a_different_ETag_restarts_the_download(string first, string second)
    {
        await using var server = new ContentServer(
            Whole("XXXX", 10, first), Part("efghij", 4, "10", second), Whole(Content, 10, second));

        Assert.Equal(Content, await server.SaveAsync(Version(size: 10)));
        Assert.Equal(["", "bytes=4-", ""], server.Ranges);
    }

    [Fact]
    public async Task Every_ETag_is_compared_with_the_first()
    {
        await using var server = new ContentServer(
            Whole("abcd", 10, "ETag: \"1\""), Part("ef", 4, "10", "ETag: \"1\""), Part("XXXX", 6, "10", "ETag: \"2\""), Whole(Content, 10, "ETag: \"2\""));

        Assert.Equal(Content, await server.SaveAsync(Version(size: 10)));
        Assert.Equal(["", "bytes=4-", "bytes=6-", ""], server.Ranges);
    }

    [Fact]
    public async Task A_part_with_a_different_Last_Modified_restarts_the_download()
    {
        await using var server = new ContentServer(
            Whole("XXXX", 10, "ETag: \"1\"", "Last-Modified: Tue, 17 Nov 2026 08:00:00 GMT"),
            Part("efghij", 4, "10", "ETag: \"1\"", "Last-Modified: Tue, 17 Nov 2026 08:00:01 GMT"),
            Whole(Content));

        Assert.Equal(Content, await server.SaveAsync(Version(size: 10)));
        Assert.Equal(["", "bytes=4-", ""], server.Ranges);
    }

    [Fact]
    public async Task A_download_without_validator_and_checksum_restarts()
    {
        await using var server = new ContentServer(Whole("abcd", 10), Whole(Content));

        Assert.Equal(Content, await server.SaveAsync(Version(size: 10)));
        Assert.Equal(["", ""], server.Ranges);
    }

    [Fact]
    public async Task A_short_part_of_a_version_of_known_size_is_continued()
    {
        await using var server = new ContentServer(
            Whole("abcd", 10, "ETag: \"1\""), Part("ef", 4, "10", "ETag: \"1\""), Part("ghij", 6, "10", "ETag: \"1\""));

        Assert.Equal(Content, await server.SaveAsync(Version(size: 10)));
        Assert.Equal(["", "bytes=4-", "bytes=6-"], server.Ranges);
    }

    [Fact]
    public async Task A_short_part_of_a_version_of_unknown_size_is_continued_up_to_the_total_of_its_Content_Range()
    {
        await using var server = new ContentServer(
            Response("200 OK", "4\r\nabcd\r\n", "Transfer-Encoding: chunked"), Part("ef", 4, "10"), Part("ghij", 6, "10"));

        Assert.Equal(Content, await server.SaveAsync(Version(sha1: Sha1(Content))));
        Assert.Equal(["", "bytes=4-", "bytes=6-"], server.Ranges);
    }

    [Fact]
    public async Task Parts_without_a_total_are_continued_until_the_server_returns_no_more()
    {
        await using var server = new ContentServer(
            Response("200 OK", "4\r\nabcd\r\n", "Transfer-Encoding: chunked"),
            Part("efghij", 4, "*"),
            Response("416 Range Not Satisfiable", "", "Content-Length: 0", "Content-Range: bytes */10"));

        Assert.Equal(Content, await server.SaveAsync(Version(sha1: Sha1(Content))));
        Assert.Equal(["", "bytes=4-", "bytes=10-"], server.Ranges);
    }

    [Theory]
    [InlineData("efgh", "12")]
    [InlineData("efghijkl", "*")]
    public async Task A_part_that_exceeds_the_size_of_the_version_or_states_another_total_is_rejected(string part, string total)
    {
        await using var server = new ContentServer(
            Whole("abcd", 10, "ETag: \"1\""), Part(part, 4, total, "ETag: \"1\""), Whole(Content));

        Assert.Equal(Content, await server.SaveAsync(Version(size: 10)));
        Assert.Equal(["", "bytes=4-", ""], server.Ranges);
    }

    [Fact]
    public async Task A_download_interrupted_after_its_last_byte_is_complete()
    {
        await using var server = new ContentServer(Response("200 OK", "a\r\nabcdefghij\r\n", "Transfer-Encoding: chunked"));

        Assert.Equal(Content, await server.SaveAsync(Version(size: 10)));
        Assert.Equal([""], server.Ranges);
    }

    [Fact]
    public async Task Content_with_a_wrong_size_or_checksum_leaves_no_file()
    {
        await using var server = new ContentServer(Whole("XXXXXXXXXX"), Whole("XXXXXXXXXX"));

        FileVersionException failure = await FailsAsync(
            FileVersionErrorKind.InvalidResponse, () => server.SaveAsync(Version(size: 10, sha1: Sha1(Content))));

        Assert.Contains("SHA-1", failure.Message, StringComparison.Ordinal);
        Assert.Equal(("1", "2"), (failure.FileId, failure.VersionId));
        Assert.Equal(2, server.Ranges.Length);
        Assert.Empty(Directory.GetFiles(server.Folder));
    }

    [Fact]
    public async Task A_version_without_size_and_checksum_is_never_saved()
    {
        await using var server = new ContentServer(Whole(Content));

        FileVersionException failure = await FailsAsync(FileVersionErrorKind.InvalidResponse, () => server.SaveAsync(Version()));

        Assert.Contains("cannot be verified", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Ranges);
    }

    [Fact]
    public async Task Plain_http_on_loopback_is_rejected_for_a_remote_account()
    {
        await using var server = new ContentServer(Whole(Content));
        var service = new StubContentService(server.Address, account: new Uri("https://api.box.com"));

        FileVersionException failure = await FailsAsync(
            FileVersionErrorKind.InvalidResponse, () => server.SaveAsync(Version(size: 10), service));

        Assert.Contains("https", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Ranges);
    }

    [Fact]
    public async Task A_redirect_to_plain_http_is_rejected_for_a_remote_account()
    {
        await using var server = new ContentServer(Whole(Content));
        using var network = new RedirectHandler(server.Address);
        using var client = new HttpClient(network);
        var service = new StubContentService(new Uri("https://dl.boxcloud.com/1"), new Uri("https://api.box.com"), client: client);

        FileVersionException failure = await FailsAsync(
            FileVersionErrorKind.InvalidResponse, () => server.SaveAsync(Version(size: 10), service));

        Assert.Contains("https", failure.Message, StringComparison.Ordinal);
        Assert.All(network.Requests, address => Assert.Equal("https://dl.boxcloud.com/1", address.AbsoluteUri));
    }

    [Fact]
    public async Task Progress_resets_the_retry_count()
    {
        const string Tag = "ETag: \"1\"";
        await using var server = new ContentServer(
            Whole("ab", 10, Tag), CutPart("cd", 2, 10, Tag), CutPart("ef", 4, 10, Tag), CutPart("gh", 6, 10, Tag), Part("ij", 8, "10", Tag));

        Assert.Equal(Content, await server.SaveAsync(Version(size: 10), new StubContentService(server.Address, maxRetryCount: 1)));
        Assert.Equal(["", "bytes=2-", "bytes=4-", "bytes=6-", "bytes=8-"], server.Ranges);
    }

    [Fact]
    public async Task A_download_that_always_fails_at_the_same_byte_stops_after_all_retries()
    {
        string cut = Whole("abcd", 10);
        await using var server = new ContentServer(cut, cut, cut, cut, cut, cut);

        await Assert.ThrowsAsync<FileVersionException>(
            () => server.SaveAsync(Version(size: 10), new StubContentService(server.Address, maxRetryCount: 2)));

        Assert.Equal(["", "", ""], server.Ranges);
        Assert.Empty(Directory.GetFiles(server.Folder));
    }

    [Fact]
    public async Task A_download_that_always_ends_early_without_an_error_stops_after_all_retries()
    {
        string[] responses = [.. Enumerable.Repeat(Response("200 OK", "4\r\nabcd\r\n0\r\n\r\n", "Transfer-Encoding: chunked"), 6)];
        await using var server = new ContentServer(responses);

        FileVersionException failure = await Assert.ThrowsAsync<FileVersionException>(
            () => server.SaveAsync(Version(size: 10), new StubContentService(server.Address, maxRetryCount: 2)));

        Assert.Equal(FileVersionErrorKind.ConnectionFailed, failure.Kind);
        Assert.Contains("after 4 of 10", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["", "", ""], server.Ranges);
        Assert.Empty(Directory.GetFiles(server.Folder));
    }

    [Fact]
    public async Task A_download_of_constantly_changing_content_stops_after_all_retries()
    {
        await using var server = new ContentServer(
            Whole("abcd", 10, "ETag: \"1\""), Part("efghij", 4, "10", "ETag: \"2\""),
            Whole("abcd", 10, "ETag: \"3\""), Part("efghij", 4, "10", "ETag: \"4\""),
            Whole("abcd", 10, "ETag: \"5\""), Part("efghij", 4, "10", "ETag: \"6\""));

        FileVersionException failure = await Assert.ThrowsAsync<FileVersionException>(
            () => server.SaveAsync(Version(size: 10), new StubContentService(server.Address, maxRetryCount: 2)));

        Assert.Equal(FileVersionErrorKind.ConnectionFailed, failure.Kind);
        Assert.Equal(["", "bytes=4-", ""], server.Ranges);
    }

    [Fact]
    public async Task An_expired_address_is_renewed_once_after_each_progress()
    {
        const string Tag = "ETag: \"1\"";
        string gone = Response("404 Not Found", "", "Content-Length: 0");
        await using var server = new ContentServer(gone, Whole("abcd", 10, Tag), gone, CutPart("ef", 4, 10, Tag), gone, gone);
        var service = new StubContentService(server.Address);

        await FailsAsync(FileVersionErrorKind.FileVersionNotFound, () => server.SaveAsync(Version(size: 10), service));

        Assert.Equal(["", "", "bytes=4-", "bytes=4-", "bytes=6-", "bytes=6-"], server.Ranges);
        Assert.Equal(3, service.RenewalCount);
    }

    [Theory]
    [InlineData("401 Unauthorized", FileVersionErrorKind.AccessDenied)]
    [InlineData("403 Forbidden", FileVersionErrorKind.AccessDenied)]
    [InlineData("410 Gone", FileVersionErrorKind.FileVersionNotFound)]
    public async Task A_content_host_refusal_is_not_an_account_error(string status, FileVersionErrorKind kind)
    {
        string refusal = Response(status, "", "Content-Length: 0");
        await using var server = new ContentServer(refusal, refusal);

        FileVersionException failure = await FailsAsync(kind, () => server.SaveAsync(Version(size: 10)));

        Assert.False(failure.IsAccountError);
    }

    [Fact]
    public async Task Wrong_content_at_a_signed_address_is_reported_with_a_remedy()
    {
        await using var server = new ContentServer(Whole("optimised"), Whole("optimised"));
        IKConnection connection = Transport.ImageKit(server.Address);
        VersionToSave version = new("1", "2") { Name = "a.jpg", Size = 10, Url = $"{server.Address}a.jpg?ik-t=9&ik-s=ab" };

        FileVersionException failure = await FailsAsync(
            FileVersionErrorKind.InvalidResponse, () => server.SaveAsync(version, new IKContentService(connection)));

        Assert.Contains("turn off optimisation for this URL endpoint", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(server.Folder));
    }

    private static async Task<FileVersionException> FailsAsync(FileVersionErrorKind kind, Func<Task> save)
    {
        FileVersionException failure = await Assert.ThrowsAsync<FileVersionException>(save);
        Assert.Equal(kind, failure.Kind);
        return failure;
    }

    private static string CutPart(string body, int start, int total, string header) => Response(
        "206 Partial Content", body, $"Content-Length: {total - start}", $"Content-Range: bytes {start}-{total - 1}/{total}", header);

    private static VersionToSave Version(long? size = null, string? sha1 = null) => new("1", "2") { Name = "a.txt", Size = size, Sha1 = sha1 };

#pragma warning disable CA5350 // This is Box's checksum.
    private static string Sha1(string text) => Convert.ToHexString(SHA1.HashData(Encoding.ASCII.GetBytes(text)));
#pragma warning restore CA5350

    /// <summary>A transport that redirects every request to one address.</summary>
    private sealed class RedirectHandler(Uri location) : HttpMessageHandler
    {
        internal List<Uri> Requests { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add(request.RequestUri!);
            var response = new HttpResponseMessage(HttpStatusCode.Found) { Content = new StringContent(string.Empty) };
            response.Headers.Location = location;
            return Task.FromResult(response);
        }
    }
}
