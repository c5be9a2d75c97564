using System.Text;
using System.Text.Json;
using FileVersions.Box;
using FileVersions.Box.Replies;
using FileVersions.ImageKit;
using FileVersions.ImageKit.Replies;
using FileVersions.Json;

namespace FileVersions.UnitTests.Json;

/// <summary>
/// Tests every field of both services with every form of JSON value. A value either sets its property or is kept under the field's name. Only an
/// invalid id of the object itself makes a reply invalid.
/// </summary>
public sealed class FieldFormTests
{
    private const string Date = "\"2020-01-02T03:04:05-07:00\"";

    private static readonly DateTimeOffset s_date = new(2020, 1, 2, 3, 4, 5, TimeSpan.FromHours(-7));

    // Each JSON value and the additional field it becomes if it does not fit the property.
    private static readonly Dictionary<string, object?> s_values = new()
    {
        ["null"] = null,
        ["true"] = true,
        ["false"] = false,
        ["5"] = 5L,
        ["-5.0"] = -5.0m,
        ["1.5"] = 1.5m,
        ["1e30"] = 1e30,
        ["1e-30"] = 1e-30,
        ["1e999"] = "1e999",
        ["\"\""] = "",
        ["\"text\""] = "text",
        ["\"5\""] = "5",
        ["\"5 6\""] = "5 6",
        [Date] = Date.Trim('"'),
        ["[]"] = List(),
        ["[\"a\"]"] = List("a"),
        ["[5]"] = List(5L),
        ["[null]"] = List([null]),
        ["{}"] = Map(),
        ["{\"a\":1}"] = Map(("a", 1L)),
    };

    // The values that fit each form, and the resulting property values.
    private static readonly Dictionary<Form, Dictionary<string, object?>> s_fitting = new()
    {
        [Form.Text] = Texts(),
        [Form.Id] = Ids(),
        [Form.RequiredId] = Ids(),
        [Form.OptionalId] = Ids(),
        [Form.Constant] = [],
        [Form.Part] = [],
        [Form.Date] = new() { [Date] = s_date },
        [Form.Whole] = new() { ["5"] = 5L, ["-5.0"] = -5L },
        [Form.WholeAsText] = new() { ["5"] = 5L, ["-5.0"] = -5L, ["\"5\""] = 5L },
        [Form.ExactNumber] = new() { ["5"] = 5m, ["-5.0"] = -5.0m, ["1.5"] = 1.5m },
        [Form.Number] = new() { ["5"] = 5.0, ["-5.0"] = -5.0, ["1.5"] = 1.5, ["1e30"] = 1e30, ["1e-30"] = 1e-30 },
        [Form.Bool] = new() { ["true"] = true, ["false"] = false },
        [Form.Texts] = new() { ["[]"] = "", ["[\"a\"]"] = "a", ["[null]"] = "" },
        [Form.Map] = new() { ["{}"] = "", ["{\"a\":1}"] = "a=1" },
        [Form.User] = new() { ["{}"] = "", ["{\"a\":1}"] = "" },
        [Form.Tags] = new() { ["[]"] = "", ["[\"a\"]"] = "a", ["[null]"] = "", ["{}"] = "", ["{\"a\":1}"] = "", ["\"text\""] = "text", ["\"5\""] = "5", ["\"5 6\""] = "5 6", [Date] = Date.Trim('"') },

        // An object without id and name is still a version info.
        [Form.VersionInfo] = new() { ["{}"] = null },
    };

    public enum Form
    {
        Text,
        Id,
        RequiredId,
        OptionalId,
        Constant,
        Part,
        Date,
        Whole,
        WholeAsText,
        ExactNumber,
        Number,
        Bool,
        Texts,
        Map,
        User,
        Tags,
        VersionInfo,
    }

    public static TheoryData<string, Form, string?> BoxVersionFields => new()
    {
        { "type", Form.Constant, null },
        { "id", Form.RequiredId, "VersionId" },
        { "sha1", Form.Text, "Sha1" },
        { "name", Form.Text, "Name" },
        { "size", Form.Whole, "Size" },
        { "created_at", Form.Date, "CreatedAt" },
        { "modified_at", Form.Date, "ModifiedAt" },
        { "modified_by", Form.User, "ModifiedBy" },
        { "trashed_at", Form.Date, "TrashedAt" },
        { "trashed_by", Form.User, "TrashedBy" },
        { "restored_at", Form.Date, "RestoredAt" },
        { "restored_by", Form.User, "RestoredBy" },
        { "purged_at", Form.Date, "PurgedAt" },
        { "uploader_display_name", Form.Text, "UploaderDisplayName" },
        { "version_number", Form.WholeAsText, "VersionNumber" },
    };

    public static TheoryData<string, Form, string?> BoxUserFields => new()
    {
        { "type", Form.Constant, null },
        { "id", Form.OptionalId, "Id" },
        { "name", Form.Text, "Name" },
        { "login", Form.Text, "Login" },
    };

    public static TheoryData<string, Form, string?> BoxFileFields => new()
    {
        { "type", Form.Constant, null },
        { "id", Form.RequiredId, "FileId" },
        { "file_version", Form.Part, "CurrentVersionId" },
        { "etag", Form.OptionalId, "ETag" },
        { "sha1", Form.Text, "Sha1" },
        { "name", Form.Text, "Name" },
        { "size", Form.Whole, "Size" },
        { "path_collection", Form.Part, "FilePath" },
        { "created_at", Form.Date, "CreatedAt" },
        { "modified_at", Form.Date, "ModifiedAt" },
        { "modified_by", Form.User, "ModifiedBy" },
        { "parent", Form.Part, "FolderId" },
        { "version_number", Form.WholeAsText, "VersionNumber" },
    };

    public static TheoryData<string, Form, string?> IKVersionFields => new()
    {
        { "type", Form.Text, "Type" },
        { "name", Form.Text, "Name" },
        { "createdAt", Form.Date, "CreatedAt" },
        { "updatedAt", Form.Date, "UpdatedAt" },
        { "fileId", Form.Id, "FileId" },
        { "tags", Form.Texts, "Tags" },
        { "AITags", Form.Tags, "AITags" },
        { "versionInfo", Form.VersionInfo, "VersionId" },
        { "customCoordinates", Form.Text, "CustomCoordinates" },
        { "embeddedMetadata", Form.Map, "EmbeddedMetadata" },
        { "customMetadata", Form.Map, "CustomMetadata" },
        { "description", Form.Text, "Description" },
        { "isPrivateFile", Form.Bool, "IsPrivateFile" },
        { "isPublished", Form.Bool, "IsPublished" },
        { "url", Form.Text, "Url" },
        { "thumbnail", Form.Text, "Thumbnail" },
        { "fileType", Form.Text, "FileType" },
        { "filePath", Form.Text, "FilePath" },
        { "size", Form.Whole, "Size" },
        { "mime", Form.Text, "Mime" },
        { "width", Form.Whole, "Width" },
        { "height", Form.Whole, "Height" },
        { "hasAlpha", Form.Bool, "HasAlpha" },
        { "duration", Form.ExactNumber, "Duration" },
        { "bitRate", Form.Whole, "BitRate" },
        { "videoCodec", Form.Text, "VideoCodec" },
        { "audioCodec", Form.Text, "AudioCodec" },
    };

    public static TheoryData<string, Form, string?> IKTagFields => new()
    {
        { "name", Form.Text, "Name" },
        { "confidence", Form.Number, "Confidence" },
        { "source", Form.Text, "Source" },
    };

    public static TheoryData<string, Form, string?> IKFileFields => new()
    {
        { "type", Form.Constant, null },
        { "name", Form.Text, "Name" },
        { "createdAt", Form.Date, "CreatedAt" },
        { "updatedAt", Form.Date, "UpdatedAt" },
        { "fileId", Form.RequiredId, "FileId" },
        { "tags", Form.Texts, "Tags" },
        { "versionInfo", Form.VersionInfo, "CurrentVersionId" },
        { "customCoordinates", Form.Text, "CustomCoordinates" },
        { "customMetadata", Form.Map, "CustomMetadata" },
        { "isPrivateFile", Form.Bool, "IsPrivateFile" },
        { "url", Form.Text, "Url" },
        { "fileType", Form.Text, "FileType" },
        { "filePath", Form.Text, "FilePath" },
        { "size", Form.Whole, "Size" },
        { "mime", Form.Text, "Mime" },
        { "width", Form.Whole, "Width" },
        { "height", Form.Whole, "Height" },
    };

    [Theory]
    [MemberData(nameof(BoxVersionFields))]
    public void A_Box_version_field_sets_its_property_or_is_kept(string field, Form form, string? property) =>
        Check(field, form, property, json => First(BoxVersionReplies.ReadPage(Bytes($$"""{"entries":[{"id":"1",{{json}}},{"id":"2"}]}""")).Entries!));

    [Theory]
    [MemberData(nameof(BoxUserFields))]
    public void A_Box_user_field_sets_its_property_or_is_kept(string field, Form form, string? property) =>
        Check(field, form, property, json => BoxVersionReplies.ReadVersion(Bytes($$"""{"id":"1","modified_by":{{{json}}},"size":1}""")).ModifiedBy!);

    [Theory]
    [InlineData("2", 2L)]
    [InlineData("2.0", 2L)]
    [InlineData("\"2\"", 2L)]
    [InlineData("\"two\"", null)]
    [InlineData("null", null)]
    public void The_size_of_a_page_and_of_its_list_are_numbers_or_numbers_as_text(string json, long? expected)
    {
        BoxVersionPage page = BoxVersionReplies.ReadPage(Bytes($$"""{"entries":[],"limit":{{json}},"total_count":{{json}}}"""));

        Assert.Equal((expected, expected), (page.Limit, page.TotalCount));
    }

    [Theory]
    [MemberData(nameof(BoxFileFields))]
    public void A_Box_file_field_sets_its_property_or_is_kept(string field, Form form, string? property) =>
        Check(
            field,
            form,
            property,
            json => First(BoxFileReplies.ReadFolderPage(Bytes($$"""{"entries":[{"id":"1","type":"file",{{json}}},{"id":"2","type":"file"}]}""")).Files));

    [Theory]
    [MemberData(nameof(IKVersionFields))]
    public void An_ImageKit_version_field_sets_its_property_or_is_kept(string field, Form form, string? property) =>
        Check(field, form, property, json => First(IKReplies.ReadVersions(Bytes($$"""[{"fileId":"1",{{json}}},{"fileId":"2"}]"""))));

    [Theory]
    [InlineData("id", Form.Id, "VersionId")]
    [InlineData("name", Form.Text, "VersionName")]
    public void A_version_info_field_sets_its_property_or_is_kept(string field, Form form, string property)
    {
        foreach ((string json, object? kept) in s_values)
        {
            string reply = $"[{{\"versionInfo\":{{\"{field}\":{json}}}}}]";
            if (IsError(form, json))
            {
                Assert.ThrowsAny<JsonException>(() => IKReplies.ReadVersions(Bytes(reply)));
                continue;
            }

            IKFileVersion version = IKReplies.ReadVersions(Bytes(reply))[0];
            ServiceObject owner = ServiceObject.FromProperties(
                typeof(BoxUser), ((ValueMap?)version.GetAdditionalFields()?["versionInfo"])?.Keys.Cast<string>().Select(
                    name => KeyValuePair.Create<string, object?>(name, ((ValueMap)version.GetAdditionalFields()!["versionInfo"]!)[name])) ?? []);
            CheckValue(field, form, json, kept, version.GetType().GetProperty(property)!.GetValue(version), owner.GetAdditionalFields());
        }
    }

    [Theory]
    [MemberData(nameof(IKTagFields))]
    public void A_tag_field_sets_its_property_or_is_kept(string field, Form form, string? property) =>
        Check(field, form, property, json => IKReplies.ReadVersion(Bytes($$"""{"AITags":[{{{json}}}],"size":1}""")).AITags![0]);

    [Theory]
    [MemberData(nameof(IKFileFields))]
    public void An_ImageKit_file_field_sets_its_property_or_is_kept(string field, Form form, string? property) =>
        Check(field, form, property, json => First(IKReplies.ReadFiles(Bytes($$"""[{"fileId":"1","type":"file",{{json}}},{"fileId":"2"}]""")).Files));

    [Fact]
    public void Every_property_that_a_reply_can_set_is_in_a_table()
    {
        Assert.Empty(Missing(typeof(BoxFileVersion), BoxVersionFields, "FileId", "FilePath", "IsCurrent"));
        Assert.Empty(Missing(typeof(BoxUser), BoxUserFields));
        Assert.Empty(Missing(typeof(BoxFile), BoxFileFields));
        Assert.Empty(Missing(typeof(IKFileVersion), IKVersionFields, "VersionName"));
        Assert.Empty(Missing(typeof(AITag), IKTagFields));
        Assert.Empty(Missing(typeof(IKFile), IKFileFields, "VersionName"));
    }

    private static IEnumerable<string> Missing(Type type, TheoryData<string, Form, string?> fields, params string[] others) =>
        type.GetProperties().Where(property => property.CanWrite).Select(property => property.Name)
            .Except(fields.Select(row => (string?)row[2] ?? string.Empty)).Except(others);

    private static void Check(string field, Form form, string? property, Func<string, ServiceObject> read)
    {
        foreach ((string json, object? kept) in s_values)
        {
            // The next field shows that the whole value was consumed.
            string fields = $"\"{field}\":{json},\"after\":\"read\"";
            if (IsError(form, json))
            {
                Assert.ThrowsAny<JsonException>(() => read(fields));
                continue;
            }

            ServiceObject owner = read(fields);
            Assert.Equal("read", owner.GetAdditionalFields()!["after"]);
            Dictionary<string, object?> others = owner.GetAdditionalFields()!.Where(other => other.Key != "after").ToDictionary();
            CheckValue(field, form, json, kept, property is null ? null : owner.GetType().GetProperty(property)!.GetValue(owner), others);
        }
    }

    private static void CheckValue(string field, Form form, string json, object? kept, object? value, IReadOnlyDictionary<string, object?>? others)
    {
        bool fits = s_fitting[form].TryGetValue(json, out object? expected);
        bool isNothing = json == "null" || (json == "\"\"" && form != Form.Constant);
        string actual = Show(value) + " and " + string.Join(", ", (others ?? new Dictionary<string, object?>()).Select(other => $"{other.Key}: {Show(other.Value)}"));
        Assert.Equal($"{json} is {Show(fits ? expected : null)} and {(fits || isNothing ? "" : $"{field}: {Show(kept)}")}", $"{json} is {actual}");
    }

    private static bool IsError(Form form, string json) =>
        (form is Form.Id or Form.RequiredId && json is "true" or "false" or ['[' or '{', ..])
        || (form == Form.RequiredId && json is "null" or "\"\"");

    private static string Show(object? value) => value switch
    {
        null => "nothing",
        BoxUser user => $"'{user}'",
        ValueList<string?> or ValueList<AITag> or ValueMap => $"'{value}'",
        ValueList<object?> => $"[{value}]",
        string text => $"'{text}'",
        DateTimeOffset date => $"{date:O}",
        _ => FormattableString.Invariant($"{value} {value.GetType().Name}"),
    };

    private static Dictionary<string, object?> Texts() =>
        s_values.Where(value => value.Key[0] == '"').ToDictionary();

    private static Dictionary<string, object?> Ids()
    {
        Dictionary<string, object?> ids = Texts();
        foreach (string number in s_values.Keys.Where(json => char.IsDigit(json[^1])))
        {
            ids[number] = number;
        }

        return ids;
    }

    private static ServiceObject First<T>(List<T> items)
        where T : ServiceObject
    {
        Assert.Equal(2, items.Count);
        return items[0];
    }

    private static ValueList<object?> List(params object?[] items) => new(items);

    private static ValueMap Map(params (string Name, object? Value)[] fields) =>
        new([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);

    private static ReadOnlyMemory<byte> Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
