using System.Collections.Concurrent;
using System.Net;
using System.Text;
using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Http;

public class ErrorResponseTests
{
    private const string MessageOnly = "Mono reports such a response like a lost connection.";

    private const string BoxBody =
        """{"type":"error","status":404,"code":"not_found","message":"Not Found","context_info":{"errors":[{"reason":"invalid_parameter","name":"item","message":"Invalid value '1'"}]},"help_url":"x","request_id":"body-id"}""";

    [Fact]
    public async Task A_Box_error_reports_the_code_the_message_and_both_request_ids()
    {
        FileVersionException failure = await BoxFails(FileVersionErrorKind.FileVersionNotFound, RawServer.Reply("404 Not Found", BoxBody, "box-request-id: header-id"));

        Assert.Equal("not_found", failure.ServiceCode);
        Assert.Equal("Not Found: Invalid value '1'", failure.ServiceMessage);
        Assert.Equal("header-id, body-id", failure.RequestId);
        Assert.Equal(HttpStatusCode.NotFound, failure.StatusCode);
        Assert.Equal(
            "Box did not find file '1': Not Found: Invalid value '1'. Check the id, and whether the account can see the file.\nStatus: 404 (Not Found), code: not_found, request id: header-id, body-id",
            failure.Message);
    }

    [Fact]
    public async Task A_truncated_error_body_is_read_as_far_as_possible()
    {
        FileVersionException failure = await BoxFails(FileVersionErrorKind.FileVersionNotFound, RawServer.Reply("404 Not Found", BoxBody[..90]));

        Assert.Equal("not_found", failure.ServiceCode);
        Assert.Equal("Not Found", failure.ServiceMessage);
    }

    [Fact]
    public async Task A_body_truncated_at_any_byte_is_still_an_error_with_its_status()
    {
        for (int length = 0; length <= BoxBody.Length; length++)
        {
            ErrorBody reply = ErrorBody.Parse(Encoding.UTF8.GetBytes(BoxBody[..length]), new Redaction());
            Assert.True(reply.Code is null or "not_found");
            Assert.True(reply.RequestId is null or "body-id");
        }

        await BoxFails(FileVersionErrorKind.FileVersionNotFound, RawServer.Reply("404 Not Found", BoxBody[..40]));
    }

    [Fact]
    public async Task A_401_without_a_body_reports_the_reason_in_its_header()
    {
        FileVersionException failure = await BoxFails(FileVersionErrorKind.AuthenticationFailed, RawServer.Reply(
            "401 Unauthorized", "", "WWW-Authenticate: Bearer realm=\"Service\", error=\"invalid_token\", error_description=\"The access token provided has expired.\""));

        Assert.Equal("invalid_token", failure.ServiceCode);
        Assert.Equal("The access token provided has expired.", failure.ServiceMessage);
        Assert.Contains("60 minutes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_scope_is_reported_with_a_remedy()
    {
        FileVersionException failure = await BoxFails(FileVersionErrorKind.AccessDenied, RawServer.Reply(
            "403 Forbidden", "", "WWW-Authenticate: Bearer realm=\"Service\", error=\"insufficient_scope\", error_description=\"The request requires higher privileges than provided by the access token.\""));

        Assert.Equal("insufficient_scope", failure.ServiceCode);
        Assert.Contains("developer console", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_shows_only_the_title_of_a_web_page()
    {
        const string page = "<!DOCTYPE html><html><head><title>\n  Bad &amp; busy\u202e gateway </title></head><body><p>secret inside</p></body></html>";

        FileVersionException failure = await BoxFails(FileVersionErrorKind.ServiceUnavailable, RawServer.Reply("502 Bad Gateway", page, "Content-Type: text/html"));
        Assert.Equal("Bad & busy? gateway", failure.ServiceMessage);
        Assert.DoesNotContain("inside", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html><head><title>Sign in</title>", "'Sign in'")]
    [InlineData("<html><body>no title", "The response is a web page.")]
    [InlineData("", "")]
    [InlineData("nothing", "")]
    public async Task A_successful_status_with_an_invalid_body_is_an_error(string body, string told)
    {
        await using var server = new RawServer(_ => RawServer.Reply("200 OK", body, "Content-Type: text/html"));
        var failures = new ConcurrentQueue<Exception>();
        await EmulatorRun.ListBoxAsync(Transport.Box(server.Address), ["1"], 1, next =>
        {
            if (next.Error is { } error)
            {
                failures.Enqueue(error);
            }
        });

        FileVersionException failure = await Transport.FailsAsync(FileVersionErrorKind.InvalidResponse, () => Task.FromException(Assert.Single(failures)));
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, failure.StatusCode);
        Assert.Equal("1", failure.FileId);
    }

    [Theory]
    [InlineData("""{"message":"Your request contains invalid fileId parameter.","help":"x"}""", "Your request contains invalid fileId parameter.", null)]
    [InlineData("""{"message":"No.","reason":"BAD_ID","errors":{"a":"b"}}""", "No.", "BAD_ID")]
    [InlineData("""{"message":5,"reason":null}""", null, null)]
    [InlineData("""["message"]""", null, null)]
    [InlineData("""{"message":"half \ud800"}""", null, null)]
    [InlineData("plain words", null, null)]
    [InlineData("", null, null)]
    public async Task An_ImageKit_error_reports_the_message_the_code_and_the_request_id(string body, string? words, string? code)
    {
        await using var server = new RawServer(_ => RawServer.Reply("400 Bad Request", body, "x-ik-requestId: ik-id"));

        FileVersionException failure = await Transport.FailsAsync(FileVersionErrorKind.InvalidRequest, () => Transport.SendAsync(Transport.ImageKit(server.Address)));
        Assert.Equal((words, code, "ik-id"), (failure.ServiceMessage, failure.ServiceCode, failure.RequestId));
        Assert.Contains("ik-id", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_text_with_control_characters_becomes_one_short_line()
    {
        string words = new string('x', 5000) + "\\r\\n\\u001b[31m\\u200e";

        FileVersionException failure = await BoxFails(FileVersionErrorKind.InvalidRequest, RawServer.Reply("400 Bad Request", $$"""{"code":"{{words}}","message":"a\r\n\t\u001b[31mb {{words}}"}"""));
        Assert.StartsWith("a ?[31mb x", failure.ServiceMessage, StringComparison.Ordinal);
        Assert.InRange(failure.Message.Length, 100, 1200);
        Assert.DoesNotContain(failure.Message.Replace("\n", "", StringComparison.Ordinal), c => char.IsControl(c) || c == '\u200e');
    }

    [Theory]
    [InlineData("401 Unauthorized")]
    [InlineData("403 Forbidden")]
    [InlineData("404 Not Found")]
    [InlineData("429 Too Many Requests")]
    [InlineData("500 Oops")]
    [InlineData("200 OK")]
    public async Task A_credential_in_a_response_is_removed_from_errors_and_logs(string status)
    {
        foreach (ServiceConnection connection in (ServiceConnection[])[Transport.Box(new Uri("http://127.0.0.1:1")), Transport.ImageKit(new Uri("http://127.0.0.1:1"))])
        {
            string secret = connection.Service == "Box" ? Transport.Token : Transport.Key;
            string[] forms = [secret, Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret + ":"))];
            string all = string.Join(" and ", forms);
            string body = $$"""{"code":"{{forms[0]}}","message":"You sent {{new string('y', 370)}}{{all}}","{{secret}}":[{{secret}}],"request_id":"{{forms[2]}}","context_info":{"errors":[{"message":"{{all}}"}] } }""";
            foreach (string sent in (string[])[body, body[..^20], $"<html><title>{all}</title>{all}", $"{{\"entries\":[\"{secret}\"]}}"])
            {
                var log = new ConcurrentQueue<string>();
                await using var server = new RawServer(_ => RawServer.Reply(
                    status + " " + secret, sent, $"WWW-Authenticate: Bearer error=\"{secret}\", error_description=\"{all}\"", $"box-request-id: {secret}", $"x-ik-requestId: {forms[2]}", "Retry-After: 0"));
                ServiceConnection here = connection.Service == "Box" ? Transport.Box(server.Address, retries: 1) : Transport.ImageKit(server.Address, retries: 1);
                var told = new StringBuilder();
                void Take(Exception? error, string? line) => told.AppendLine(Describe(error)).AppendLine(line);
                if (here is FileVersions.Box.BoxConnection box)
                {
                    await EmulatorRun.ListBoxAsync(box, ["1"], 1, next => Take(next.Error, next.Log));
                }
                else
                {
                    await EmulatorRun.ListImageKitAsync((FileVersions.ImageKit.IKConnection)here, ["1"], 1, next => Take(next.Error, next.Log));
                }

                Assert.NotEqual(0, told.Length);
                Assert.All(forms, form => Assert.DoesNotContain(form.TrimEnd('='), told.ToString(), StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("tok\r\nX-Evil: 1")]
    [InlineData("tök")]
    [InlineData("to ken")]
    public async Task A_credential_with_invalid_header_characters_is_not_sent(string token)
    {
        await using var server = new RawServer(_ => RawServer.Reply("200 OK"));

        FileVersionException failure = await Assert.ThrowsAsync<FileVersionException>(() =>
            Transport.SendAsync(FileVersions.Box.BoxConnection.FromAccessToken(new Secret(token), server.Address)));
        Assert.True(failure.IsAccountError, failure.ToString());
        Assert.DoesNotContain(token.Trim(), failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("1\r\nX-Evil: 1")]
    [InlineData("ü")]
    [InlineData("\0")]
    [InlineData("1 2")]
    [InlineData("")]
    public void A_user_id_with_invalid_header_characters_is_rejected(string user)
    {
        FileVersionException failure = Assert.Throws<FileVersionException>(() => Transport.Box(new Uri("https://example.com")).ForUser(user));

        Assert.Equal(FileVersionErrorKind.InvalidConfiguration, failure.Kind);
        Assert.StartsWith("The user id ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_for_a_user_sends_the_users_id_with_each_request()
    {
        string? sent = null;
        var transport = new StubTransport((_, request) =>
        {
            sent = string.Join(",", request.Headers.GetValues("As-User"));
            return new HttpResponseMessage();
        });

        await Transport.SendAsync(Transport.Box(transport).ForUser("7").ForUser("8"));

        Assert.Equal("8", sent);
    }

    [Fact]
    public async Task A_request_to_the_service_does_not_follow_redirects()
    {
        await using var elsewhere = new RawServer(_ => RawServer.Reply("200 OK", "mine"));
        await using var server = new RawServer(_ => RawServer.Reply("302 Found", "", $"Location: {elsewhere.Address}"));

        await Transport.FailsAsync(FileVersionErrorKind.InvalidResponse, () => Transport.SendAsync(Transport.Box(server.Address, retries: 2)));
        Assert.Empty(elsewhere.Requests);
    }

    [PlatformFact(NotOnMono = MessageOnly)]
    public async Task A_response_that_is_not_HTTP_is_invalid()
    {
        await using var server = new RawServer(_ => Encoding.ASCII.GetBytes("220 mail.example.com ESMTP\r\n"));

        await Transport.FailsAsync(FileVersionErrorKind.InvalidResponse, () => Transport.SendAsync(Transport.Box(server.Address)));
    }

    [PlatformFact(NotOnMono = MessageOnly)]
    public async Task A_response_with_too_many_headers_is_invalid()
    {
        string line = "X-Filler: " + new string('x', 1000);
        await using var server = new RawServer(_ => RawServer.Reply("200 OK", "", [.. Enumerable.Repeat(line, 200)]));

        await Transport.FailsAsync(FileVersionErrorKind.InvalidResponse, () => Transport.SendAsync(Transport.Box(server.Address)));
    }

    [Fact]
    public void Plain_http_is_accepted_only_on_loopback()
    {
        foreach (string address in (string[])["http://127.0.0.1:5/", "http://localhost", "http://[::1]:5", "https://example.com", "https://example.com/2.0"])
        {
            Assert.NotNull(Transport.Box(new Uri(address)));
        }

        foreach (string address in (string[])["http://example.com", "http://127.0.0.1.example.com", "http://10.0.0.1", "http://user@127.0.0.1", "ftp://127.0.0.1", "https://example.com/?a=b", "https://example.com/#a"])
        {
            FileVersionException failure = Assert.Throws<FileVersionException>(() => Transport.Box(new Uri(address)));
            Assert.Equal(FileVersionErrorKind.InvalidConfiguration, failure.Kind);
            Assert.Matches(@"^\p{Lu}.*\.$", failure.Message);
        }
    }

    // Includes everything that Format-List -Force shows.
    private static string Describe(Exception? error)
    {
        var text = new StringBuilder();
        for (Exception? e = error; e is not null; e = e.InnerException)
        {
            text.AppendLine(e.ToString());
            foreach (System.Reflection.PropertyInfo property in e.GetType().GetProperties())
            {
                text.Append(property.Name).Append(": ").Append(property.GetValue(e)).AppendLine();
            }
        }

        return text.ToString();
    }

    private static async Task<FileVersionException> BoxFails(FileVersionErrorKind kind, byte[] reply)
    {
        await using var server = new RawServer(_ => reply);
        return await Transport.FailsAsync(kind, () => Transport.SendAsync(Transport.Box(server.Address)));
    }
}
