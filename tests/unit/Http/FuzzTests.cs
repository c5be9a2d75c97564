using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FileVersions.Box;
using FileVersions.Box.Replies;
using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.ImageKit;
using FileVersions.ImageKit.Replies;
using FileVersions.Json;
using FileVersions.UnitTests.Support;
using Xunit.Abstractions;

namespace FileVersions.UnitTests.Http;

/// <summary>
/// Damages responses at random. Each is read to a result that equals the JSON, or is reported as
/// <see cref="FileVersionErrorKind.InvalidResponse"/>.
/// </summary>
public class FuzzTests(ITestOutputHelper output)
{
#if NET
    private const int CaseCount = 120_000;
#else
    // Mono is several times slower.
    private const int CaseCount = 12_000;
#endif

    private const string BoxPage =
        """{"total_count":3,"limit":1000,"offset":0,"entries":[{"type":"file_version","id":"871978543218","sha1":"134b65991ed521fcfe4724b7d814ab8ded5185dc","name":"tigers.jpeg","size":629644,"created_at":"2012-12-12T10:53:43-08:00","modified_at":"2012-12-12T10:53:43-08:00","modified_by":{"type":"user","id":"11446498","name":"Aaron Levie","login":"ceo@example.com"},"trashed_at":null,"version_number":"1","uploader_display_name":"Ellis W\u00e4\ud83d\ude00"},{"type":"file_version","id":5,"size":1.2e+31,"permissions":{"can_delete":true}},{"type":"file_version","id":"7","name":"日本語 \"q\" \\ /","size":0,"purged_at":"2099-01-01T00:00:00Z"}]}""";

    private const string BoxVersion =
        """{"type":"file_version","id":"871978543218","sha1":"134b","name":"tigers.jpeg","size":629644,"trashed_by":{"type":"user","id":"1"},"restored_at":"2012-12-12T10:53:43+05:30","any":[1,2.5,{"a":[]}]}""";

    private const string IKList =
        """[{"type":"file","name":"a.jpg","createdAt":"2019-08-24T06:14:41.313Z","updatedAt":"2019-08-24T06:14:41.313Z","fileId":"598821f949c0a938d57563bd","tags":["t-shirt",null,"round"],"AITags":[{"name":"Shirt","confidence":90.12,"source":"google-auto-tagging"}],"versionInfo":{"id":"598821f949c0a938d57563be","name":"Version 2"},"embeddedMetadata":{"DateCreated":"2020"},"customCoordinates":null,"customMetadata":{"brand":"Nike","n":1},"isPrivateFile":false,"url":"https://ik.example.com/a.jpg","fileType":"image","filePath":"/p/a.jpg","height":300,"width":200.5,"size":83622,"hasAlpha":false,"mime":"image/jpeg","selectedFieldsSchema":{"x":{"type":"Text"}}},{"type":"file-version","fileId":"598821f949c0a938d57563bd","AITags":{"name":"x"},"versionInfo":{"id":"1","name":"Version 1"},"size":9007199254740993}]""";

    private static readonly string[] s_tokens =
    [
        "null", "true", "false", "0", "-1", "1e400", "99999999999999999999", "0.1", "\"\"", "\"x\"", "{}", "[]", "[[[[", "}}}}", ",", ":", "\"",
        "\\", "\\u0000", "\\ud800", "\\udc00", "\\u00", "\\x", "\0", "\uFEFF", "\u2028", "/*c*/", "//", "NaN", "Infinity", "'", "é", "😀", " ", "\n",
        "\"id\":", "\"entries\":", "\"size\":", "\"fileId\":", "\"versionInfo\":", "\"created_at\":", "1E+2", "-0", "00", "+1", "1.", ".5", "\"2020-02-30\"",
    ];

    private readonly ErrorContext _context = new(BoxConnection.FromAccessToken(new Secret("token-1"), new Uri("https://example.com")), "1", null);

    [Fact]
    public void A_damaged_response_is_read_correctly_or_reported_as_invalid() =>
        Damage([("page", Bytes(BoxPage)), ("version", Bytes(BoxVersion)), ("list", Bytes(IKList))], CaseCount);

    [SharedFact("fixtures")]
    public void A_damaged_recorded_response_is_read_correctly_or_reported_as_invalid() => Damage(
        [
            ("page", Recorded("box/box-node-sdk-3_get_files_id_versions_200.json")),
            ("page", Recorded("box/boxcli_get_files_id_versions_page_1.json")),
            ("version", Recorded("box/boxcli_post_files_id_versions_current.json")),
            ("list", Recorded("imagekit/imagekit-python-4.2.0_get_file_versions_200.json")),
        ],
        CaseCount / 2);

    private static byte[] Recorded(string name) => File.ReadAllBytes(SharedFactAttribute.Locate("fixtures/" + name));

    private void Damage((string Name, byte[] Body)[] replies, int count)
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("FILEVERSIONS_FUZZ_SEED"), CultureInfo.InvariantCulture, out int given) ? given : 20261121;
        output.WriteLine($"FILEVERSIONS_FUZZ_SEED={seed}");
        var random = new Random(seed);
        int results = 0;
        for (int i = 0; i < count; i++)
        {
            (string name, byte[] body) = replies[random.Next(replies.Length)];
            byte[] damaged = Damage(body, random);
            try
            {
                results += Read(name, damaged) ? 1 : 0;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Case {i} of seed {seed}, {name}: {Convert.ToBase64String(damaged)}", e);
            }
        }

        output.WriteLine($"{count} cases of {replies.Length} replies: {results} results, {count - results} invalid");
        Assert.InRange(results, count / 100, count - (count / 4));
    }

    /// <returns>Whether the response was read successfully.</returns>
    private bool Read(string name, ReadOnlyMemory<byte> body)
    {
        // Any damaged error response can be read.
        ErrorBody error = ErrorBody.Parse(body, new Redaction());
        Assert.True((error.Message?.Length ?? 0) <= 900 && (error.Code?.Length ?? 0) <= 130 && (error.RequestId?.Length ?? 0) <= 130);

        try
        {
            switch (name)
            {
                case "page":
                    BoxVersionPage page = _context.Read(body, BoxVersionReplies.ReadPage);
                    CheckAll(page.Entries!, Json(body).GetProperty("entries"), CheckBox);
                    return true;
                case "version":
                    CheckBox(_context.Read(body, BoxVersionReplies.ReadVersion), Json(body));
                    return true;
                default:
                    CheckAll(_context.Read(body, IKReplies.ReadVersions), Json(body), CheckImageKit);
                    return true;
            }
        }
        catch (FileVersionException e)
        {
            Assert.Equal(FileVersionErrorKind.InvalidResponse, e.Kind);
            Assert.InRange(e.Message.Length, 20, 1000);
            Assert.DoesNotContain(e.Message, char.IsControl);
            return false;
        }
    }

    // The same bytes, parsed by another JSON reader.
    private static JsonElement Json(ReadOnlyMemory<byte> body) =>
        JsonDocument.Parse(body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[3..] : body).RootElement;

    private static void CheckAll<T>(List<T> items, JsonElement array, Action<T, JsonElement> check)
    {
        Assert.Equal(array.GetArrayLength(), items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            check(items[i], array[i]);
        }
    }

    private static void CheckBox(BoxFileVersion version, JsonElement json)
    {
        Assert.Equal(Id(json, "id"), version.VersionId);
        CheckField(version, version.Name, json, "name", static value => value.GetString());
        CheckField(version, version.Sha1, json, "sha1", static value => value.GetString());
        CheckField(version, version.Size, json, "size", Whole);
        CheckField(version, version.CreatedAt, json, "created_at", Date);
        Assert.NotNull(version.ToString());
    }

    private static void CheckImageKit(IKFileVersion version, JsonElement json)
    {
        Assert.Equal(Id(json, "fileId"), version.FileId);
        Assert.Equal(json.TryGetProperty("versionInfo", out JsonElement info) && info.ValueKind == JsonValueKind.Object ? Id(info, "id") : null, version.VersionId);
        CheckField(version, version.Name, json, "name", static value => value.GetString());
        CheckField(version, version.Tags?.Count, json, "tags", static value => value.GetArrayLength());
        CheckField(version, version.Size, json, "size", Whole);
        CheckField(version, version.CreatedAt, json, "createdAt", Date);
        Assert.NotNull(version.ToString());
    }

    // A value is in its property or is kept as an additional field, unless it is null or empty.
    private static void CheckField(ServiceObject owner, object? property, JsonElement json, string name, Func<JsonElement, object?> expected)
    {
        bool isPresent = json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;
        if (property is not null)
        {
            Assert.Equal(expected(value), property);
        }
        else if (isPresent && (value.ValueKind != JsonValueKind.String || value.GetString()!.Length > 0))
        {
            Assert.True(owner.GetAdditionalFields()!.ContainsKey(name), name);
        }
    }

    private static object? Whole(JsonElement value) => (long)decimal.Parse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);

    // Digits beyond 100 nanoseconds are truncated.
    private static object? Date(JsonElement value) =>
        DateTimeOffset.Parse(Regex.Replace(value.GetString()!, @"(\.[0-9]{7})[0-9]+", "$1"), CultureInfo.InvariantCulture);

    private static string? Id(JsonElement owner, string name) => !owner.TryGetProperty(name, out JsonElement value) ? null : value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number => value.GetRawText(),
        _ => value.GetString(),
    };

    private static byte[] Damage(byte[] body, Random random)
    {
        var damaged = new List<byte>(body);
        int changes = 1 + random.Next(random.Next(4) == 0 ? 8 : 2);
        for (int i = 0; i < changes && damaged.Count > 0; i++)
        {
            int at = random.Next(damaged.Count);
            int length = Math.Min(1 + random.Next(random.Next(3) == 0 ? 200 : 4), damaged.Count - at);
            switch (random.Next(8))
            {
                case 0:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 2:
                    damaged.RemoveRange(at, length);
                    break;
                case 3:
                    damaged.InsertRange(random.Next(damaged.Count + 1), damaged.GetRange(at, length));
                    break;
                case 4:
                    damaged.InsertRange(at, Bytes(s_tokens[random.Next(s_tokens.Length)]));
                    break;
                case 5:
                    damaged.RemoveRange(at, random.Next(4) == 0 ? damaged.Count - at : 1);
                    break;
                default:
                    // Replaces a whole value, so that the JSON often remains valid.
                    ReplaceValue(damaged, at, Bytes(s_tokens[random.Next(16)]));
                    break;
            }
        }

        return [.. damaged];
    }

    private static void ReplaceValue(List<byte> body, int near, byte[] value)
    {
        int start = body.IndexOf((byte)':', near) + 1;
        int end = start == 0 ? -1 : body.FindIndex(start, b => b is (byte)',' or (byte)'}' or (byte)']');
        if (end > start)
        {
            body.RemoveRange(start, end - start);
            body.InsertRange(start, value);
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
