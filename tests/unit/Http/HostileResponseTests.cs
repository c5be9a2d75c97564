using System.Text;
using FileVersions.Box;
using FileVersions.Box.Replies;
using FileVersions.Http.Errors;
using FileVersions.ImageKit.Replies;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Http;

public class HostileResponseTests
{
    private const string BoxPage =
        """{"total_count":2,"limit":1000,"offset":0,"entries":[{"type":"file_version","id":"11","name":"a","size":5},{"type":"file_version","id":"12","name":"b","created_at":"2020-01-01T00:00:00+01:00"}]}""";

    private const string IKList =
        """[{"type":"file","fileId":"1","name":"a","versionInfo":{"id":"11","name":"Version 2"}},{"type":"file-version","fileId":"1","name":"b","versionInfo":{"id":"12","name":"Version 1"}}]""";

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_truncated_response_is_an_error_instead_of_a_shorter_list(bool isBox, bool tellsLength)
    {
        string body = isBox ? BoxPage : IKList;
        string length = tellsLength ? $"Content-Length: {body.Length}\r\n" : "";
        byte[] reply = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{length}Connection: close\r\n\r\n{body}");
        int next = -1;

        // One file for each length.
        await using var server = new RawServer(head => reply[..int.Parse(head.Split('/')[3], System.Globalization.CultureInfo.InvariantCulture)]);
        string[] files = [.. Enumerable.Range(0, reply.Length + 1).Select(_ => $"{++next}")];
        var outcomes = new Dictionary<string, object>();
        if (isBox)
        {
            await EmulatorRun.ListBoxAsync(Transport.Box(server.Address), files, 8, e => Note(outcomes, (string)e.Target, e.Items?.Count, e.Error));
        }
        else
        {
            await EmulatorRun.ListImageKitAsync(Transport.ImageKit(server.Address), files, 8, e => Note(outcomes, (string)e.Target, e.Items?.Count, e.Error));
        }

        Assert.Equal(files.Length, outcomes.Count);
        Assert.Equal(2, outcomes[files[^1]]);
        Assert.All(files[..^1], file => Assert.True(
            outcomes[file] is FileVersionErrorKind.ConnectionFailed or FileVersionErrorKind.InvalidResponse, $"Cut at {file}: {outcomes[file]}"));
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_body_that_violates_the_contract_is_invalid(string body)
    {
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(body);
        Fails(new Reader(BoxVersionReplies.ReadPage), bytes);
        Fails(new Reader(bytes => IKReplies.ReadVersions(bytes)), bytes);
    }

    public static TheoryData<string> Bodies =>
    [
        "", " ", "null", "5", "\"text\"", "true", "{", "[", "{}x", "[{}", "\u0000", "{\"entries\":5}", "{\"entries\":{}}", "{\"entries\":[5]}",
        "{\"entries\":[null]}", "[null]", "[5]", "[[]]", "{\"entries\":[{\"id\":{}}]}", "[{\"fileId\":[]}]",
        "{\"entries\":[{\"id\":\"1\",\"name\":\"\\ud800\"}]}", "[{\"name\":\"\\ud800\"}]", "[{\"any\":\"\\udc00\\ud800\"}]", "[{\"\\ud800\":1}]",
        "[{\"any\":{\"\\ud800x\":1}}]", "[{\"name\":\"\\q\"}]",
        "{\"total_count\":\"many\",\"entries\":[]}x", "[{\"any\":" + new string('[', 10_000) + new string(']', 10_000) + "}]",
        "{\"entries\":[{\"id\":\"1\",\"any\":" + new string('[', 10_000) + new string(']', 10_000) + "}]}",
    ];

    [Theory]
    [InlineData("", "The response is empty.")]
    [InlineData("{\"entries\":[{", "The response is not valid JSON (line 1, byte 13).")]
    [InlineData("{\n  x", "The response is not valid JSON (line 2, byte 2).")]
    public void The_message_says_how_a_body_is_invalid_without_the_terms_of_the_parser(string body, string reason)
    {
        FileVersionException failure = Fails(new Reader(BoxVersionReplies.ReadPage), Encoding.UTF8.GetBytes(body));

        Assert.Contains($"file '1': {reason} Try again", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_string_that_is_not_valid_UTF8_is_invalid()
    {
        byte[] body = Encoding.UTF8.GetBytes("[{\"name\":\"#\",\"versionInfo\":{\"id\":\"#\"}}]");
        body[Array.IndexOf(body, (byte)'#')] = 0xFF;
        Fails(new Reader(bytes => IKReplies.ReadVersions(bytes)), body);
    }

    [Fact]
    public void The_last_of_two_fields_with_the_same_name_wins()
    {
        BoxVersionPage page = BoxVersionReplies.ReadPage(Encoding.UTF8.GetBytes("""{"entries":[{"id":"9"}],"entries":[{"id":"1","id":"2","name":"a","name":"b","any":1,"any":2}]}"""));

        BoxFileVersion version = Assert.Single(page.Entries!)!;
        Assert.Equal(("2", "b"), (version.VersionId, version.Name));
        Assert.Equal(2L, version.GetAdditionalFields()!["any"]);
    }

    [Theory]
    [InlineData("a b/../../users/me?x=#", "a%20b%2F..%2F..%2Fusers%2Fme%3Fx%3D%23")]
    [InlineData("%2e%2e", "%252e%252e")]
    [InlineData("..a", "..a")]
    [InlineData("a/b\\c;d&e", "a%2Fb%5Cc%3Bd%26e")]
    [InlineData("файл-日本語-😀", "%D1%84%D0%B0%D0%B9%D0%BB-%E6%97%A5%E6%9C%AC%E8%AA%9E-%F0%9F%98%80")]
    [InlineData("...", "...")]
    public async Task An_id_is_always_a_single_path_segment(string id, string sent)
    {
        await using var server = new RawServer(_ => RawServer.Reply("404 Not Found"));
        FileVersionErrorKind? kind = null;

        await EmulatorRun.ListBoxAsync(Transport.Box(server.Address), [id], 1, next => kind ??= (next.Error as FileVersionException)?.Kind);
        Assert.Equal(FileVersionErrorKind.FileVersionNotFound, kind);
        Assert.StartsWith($"GET /2.0/files/{sent}/versions?", Assert.Single(server.Requests), StringComparison.Ordinal);

        kind = null;
        await EmulatorRun.ListImageKitAsync(Transport.ImageKit(server.Address), [id], 1, next => kind ??= (next.Error as FileVersionException)?.Kind);
        Assert.Equal(FileVersionErrorKind.FileVersionNotFound, kind);
        Assert.StartsWith($"GET /v1/files/{sent}/versions ", server.Requests.Last(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\u00a0")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(" .. ")]
    [InlineData("1\r\n2")]
    [InlineData("\0")]
    public async Task No_request_is_sent_for_an_invalid_id(string id)
    {
        await using var server = new RawServer(_ => RawServer.Reply("200 OK", "[]"));
        Exception? error = null;

        await EmulatorRun.ListBoxAsync(Transport.Box(server.Address), [id], 1, next => error ??= next.Error);
        await Transport.FailsAsync(FileVersionErrorKind.InvalidRequest, () => Task.FromException(error!));
        error = null;
        await EmulatorRun.ListImageKitAsync(Transport.ImageKit(server.Address), [id], 1, next => error ??= next.Error);
        await Transport.FailsAsync(FileVersionErrorKind.InvalidRequest, () => Task.FromException(error!));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Messages_shorten_long_ids()
    {
        await using var server = new RawServer(_ => RawServer.Reply("404 Not Found"));
        Exception? error = null;

        await EmulatorRun.ListBoxAsync(Transport.Box(server.Address), [new string('7', 10_000)], 1, next => error ??= next.Error);
        FileVersionException failure = await Transport.FailsAsync(FileVersionErrorKind.FileVersionNotFound, () => Task.FromException(error!));
        Assert.InRange(failure.Message.Length, 120, 500);
        Assert.Equal(10_000, failure.FileId!.Length);
    }

    private delegate object Reader(ReadOnlyMemory<byte> bytes);

    private static FileVersionException Fails(Reader read, ReadOnlyMemory<byte> body)
    {
        var context = new ErrorContext(Transport.Box(new Uri("https://example.com")), "1", null);
        FileVersionException failure = Assert.Throws<FileVersionException>(() => context.Read(body, bytes => read(bytes)));
        Assert.Equal(FileVersionErrorKind.InvalidResponse, failure.Kind);
        Assert.InRange(failure.Message.Length, 1, 1000);
        Assert.Contains("file '1'", failure.Message, StringComparison.Ordinal);
        return failure;
    }

    private static void Note(Dictionary<string, object> outcomes, string file, int? count, Exception? error)
    {
        if (error is not null || count is not null)
        {
            outcomes.Add(file, error is FileVersionException failure ? failure.Kind : count!);
        }
    }
}
