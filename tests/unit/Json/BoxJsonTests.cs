using System.Globalization;
using System.Text;
using FileVersions.Box;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Json;

/// <summary>Reads the observed forms of Box versions through the client.</summary>
public sealed class BoxJsonTests
{
    [Fact]
    public async Task All_documented_fields_are_read()
    {
        BoxFileVersion version = await Replies.BoxVersionAsync("""
            {"type":"file_version","id":"11","sha1":"97cc02de7c356f94e3beeb1e0c63f78a6edb01fd","name":"Größe \"见\".txt","size":16,
             "created_at":"2016-12-07T15:59:32-08:00","modified_at":"2016-12-08T09:00:00+05:30",
             "modified_by":{"type":"user","id":"33","name":"Çiğdem","login":"c@example.com"},
             "trashed_at":"2020-01-01T00:00:00Z","trashed_by":{"type":"user","id":"34","name":"T","login":"t@example.com"},
             "restored_at":"2020-01-02T00:00:00.25Z","restored_by":{"type":"user","id":"35","name":"R","login":"r@example.com"},
             "purged_at":"2030-01-01T00:00:00+13:00","uploader_display_name":"Up Loader","version_number":"3"}
            """);

        Assert.Equal("7", version.FileId);
        Assert.Equal("11", version.VersionId);
        Assert.Equal(3, version.VersionNumber);
        Assert.Equal("Größe \"见\".txt", version.Name);
        Assert.Equal(16, version.Size);
        Assert.Equal("97cc02de7c356f94e3beeb1e0c63f78a6edb01fd", version.Sha1);
        AssertDate(new DateTimeOffset(2016, 12, 7, 15, 59, 32, TimeSpan.FromHours(-8)), version.CreatedAt);
        AssertDate(new DateTimeOffset(2016, 12, 8, 9, 0, 0, TimeSpan.FromMinutes(330)), version.ModifiedAt);
        AssertUser("33", "Çiğdem", "c@example.com", version.ModifiedBy);
        AssertDate(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), version.TrashedAt);
        AssertUser("34", "T", "t@example.com", version.TrashedBy);
        AssertDate(new DateTimeOffset(2020, 1, 2, 0, 0, 0, 250, TimeSpan.Zero), version.RestoredAt);
        AssertUser("35", "R", "r@example.com", version.RestoredBy);
        AssertDate(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.FromHours(13)), version.PurgedAt);
        Assert.Equal("Up Loader", version.UploaderDisplayName);
        Assert.False(version.IsCurrent);
        Assert.Equal("trashed", version.State);
        Assert.Null(version.GetAdditionalFields());
    }

    [Fact]
    public async Task A_field_that_is_not_in_the_reply_is_null()
    {
        BoxFileVersion version = await Replies.BoxVersionAsync("""{"type":"file_version","id":"11"}""");

        string[] set = [.. typeof(BoxFileVersion).GetProperties().Where(property => property.GetValue(version) is not null).Select(property => property.Name)];
        Assert.Equal(["FileId", "IsCurrent", "State", "VersionId"], set.Order());
        Assert.Null(version.GetAdditionalFields());
    }

    [Theory]
    [InlineData("16", 16L)]
    [InlineData("0", 0L)]
    [InlineData("1.5e3", 1500L)]
    [InlineData("1.5E+3", 1500L)]
    [InlineData("12.0", 12L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("null", null)]
    public async Task A_size_is_read_in_every_number_format(string size, long? expected)
    {
        BoxFileVersion version = await Replies.BoxVersionAsync($$"""{"type":"file_version","id":"11","size":{{size}}}""");

        Assert.Equal(expected, version.Size);
        Assert.Null(version.GetAdditionalFields());
    }

    [Theory]
    [InlineData("1.2e+31", 1.2e31)]
    [InlineData("9223372036854775808", 9223372036854775808.0)]
    [InlineData("1.5", 1.5)]
    [InlineData("1e-30", 1e-30)]
    public async Task A_size_that_is_not_a_64_bit_integer_becomes_an_additional_field(string size, double expected)
    {
        BoxFileVersion version = await Replies.BoxVersionAsync($$"""{"type":"file_version","id":"11","size":{{size}}}""");

        Assert.Null(version.Size);
        Assert.Equal(expected, Convert.ToDouble(version.GetAdditionalFields().Get("size"), CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Ids_can_be_numbers()
    {
        BoxFileVersion version = await Replies.BoxVersionAsync(
            """{"type":"file_version","id":12345678901234567890,"version_number":4,"modified_by":{"type":"user","id":33}}""");

        Assert.Equal("12345678901234567890", version.VersionId);
        Assert.Equal(4, version.VersionNumber);
        Assert.Equal("33", version.ModifiedBy!.Id);
    }

    [Fact]
    public async Task Users_can_be_null_or_absent()
    {
        BoxFileVersion version = await Replies.BoxVersionAsync("""{"type":"file_version","id":"11","modified_by":null,"trashed_by":null}""");

        Assert.Null(version.ModifiedBy);
        Assert.Null(version.TrashedBy);
        Assert.Null(version.RestoredBy);
    }

    [Fact]
    public async Task Repeated_texts_of_a_reply_share_their_memory()
    {
        string name = new('n', 70);
        string entry = $$$"""{"type":"file_version","id":"11","name":"a\u0062c","uploader_display_name":"Çiğdem","modified_by":{"type":"user","id":"33","name":"Çiğdem","login":"{{{name}}}"}}""";
        Listing<BoxFileVersion> list = await Replies.BoxListAsync(
            Encoding.UTF8.GetBytes($$"""{"total_count":2,"entries":[{{entry}},{{entry.Replace("\"11\"", "\"12\"")}}],"limit":1000,"offset":0}"""));

        Assert.Equal(["abc", "abc"], list.Items.Select(version => version.Name));
        Assert.Equal([name, name], list.Items.Select(version => version.ModifiedBy!.Login));
        Assert.Equal("Çiğdem", list.Items[0].UploaderDisplayName);
        Assert.Same(list.Items[0].UploaderDisplayName, list.Items[1].UploaderDisplayName);
        Assert.Same(list.Items[0].UploaderDisplayName, list.Items[1].ModifiedBy!.Name);
        Assert.Same(list.Items[0].ModifiedBy!.Id, list.Items[1].ModifiedBy!.Id);
    }

    [Theory]
    [InlineData("\"2016-12-07T15:59:32-08:00\"", "2016-12-07T15:59:32.0000000-08:00")]
    [InlineData("\"2016-12-07T15:59:32Z\"", "2016-12-07T15:59:32.0000000+00:00")]
    [InlineData("\"2016-12-07T15:59:32.123+05:45\"", "2016-12-07T15:59:32.1230000+05:45")]
    [InlineData("\"2016-12-07T15:59:32.123456789Z\"", "2016-12-07T15:59:32.1234567+00:00")]
    [InlineData("\"2016-12-07T15:59:32\\u002b05:45\"", "2016-12-07T15:59:32.0000000+05:45")]
    [InlineData("\"2024-02-29T23:59:59-00:00\"", "2024-02-29T23:59:59.0000000+00:00")]
    [InlineData("\"2026-01-01T00:00:00+14:00\"", "2026-01-01T00:00:00.0000000+14:00")]
    [InlineData("\"9999-12-31T23:59:59.9999999Z\"", "9999-12-31T23:59:59.9999999+00:00")]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    public async Task A_date_keeps_its_offset(string date, string? expected)
    {
        BoxFileVersion version = await Replies.BoxVersionAsync($$"""{"type":"file_version","id":"11","created_at":{{date}}}""");

        Assert.Equal(expected, version.CreatedAt?.ToString("O"));
        Assert.Null(version.GetAdditionalFields());
    }

    [Theory]
    [InlineData("5 6")]
    [InlineData("yesterday")]
    [InlineData("2016-12-07")]
    [InlineData("2016-12-07T15:59:32")]
    [InlineData("2016-12-07T15:59:32.123")]
    [InlineData("2016-12-07T15:59Z")]
    [InlineData("2016-12-07T15:59+08:00")]
    [InlineData("2016-12-07 15:59:32Z")]
    [InlineData(" 2016-12-07T15:59:32Z")]
    [InlineData("2016-12-07T15:59:32Z ")]
    [InlineData("2016-12-07T15:59:32.Z")]
    [InlineData("2016-12-07T15:59:32.+08:00")]
    [InlineData("2016-12-07T15:59:32+0800")]
    [InlineData("2016-12-07T15:59:32+08")]
    [InlineData("2016-12-07T15:59:32.123+08")]
    [InlineData("2016-12-07T15:59:32*08:00")]
    [InlineData("2016-12-07T15:59:32+15:00")]
    [InlineData("2016-12-07T15:59:32+08:60")]
    [InlineData("2016-12-07T24:00:00Z")]
    [InlineData("2016-12-31T23:59:60Z")]
    [InlineData("2023-02-29T15:59:32Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("2016-12-07T15:59:32٣Z")]
    public async Task Text_that_is_not_a_moment_stays_text(string date)
    {
        BoxFileVersion version = await Replies.BoxVersionAsync($$"""{"type":"file_version","id":"11","created_at":"{{date}}"}""");

        Assert.Null(version.CreatedAt);
        Assert.Equal(date, version.GetAdditionalFields()!["created_at"]);
    }

    [Fact]
    public async Task Unknown_fields_are_kept_as_plain_values()
    {
        BoxFileVersion version = await Replies.BoxVersionAsync("""
            {"type":"odd_version","id":"11","extension":"txt","retention":null,"is_download_available":true,"count":7,"ratio":0.1,"huge":1e300,
             "permissions":{"can_download":true,"deep":{"list":[1,"x",null,{"a":false}]}},
             "modified_by":{"type":"user","id":"33","avatar":{"url":"u"}}}
            """);

        IReadOnlyDictionary<string, object?>? fields = version.GetAdditionalFields();
        Assert.Equal("odd_version", fields.Get("type"));
        Assert.Equal("txt", fields.Get("extension"));
        Assert.Null(fields.Get("retention"));
        Assert.Equal(true, fields.Get("is_download_available"));
        Assert.Equal(7L, fields.Get("count"));
        Assert.Equal(0.1m, fields.Get("ratio"));
        Assert.Equal(1e300, fields.Get("huge"));
        var permissions = Assert.IsType<ValueMap>(fields.Get("permissions"));
        Assert.Equal(true, permissions["can_download"]);
        var list = Assert.IsType<ValueList<object?>>(Assert.IsType<ValueMap>(permissions["deep"])["list"]);
        Assert.Equal([1L, "x", null], list.Take(3));
        Assert.Equal(false, Assert.IsType<ValueMap>(list[3])["a"]);
        Assert.Equal("u", Assert.IsType<ValueMap>(version.ModifiedBy!.GetAdditionalFields().Get("avatar"))["url"]);
    }

    [Fact]
    public async Task Similar_strings_are_not_confused()
    {
        string[] names = [.. Enumerable.Range(0, 2000).Select(i => i % 3 == 0 ? "same.txt" : $"file {i}.txt")];
        string entries = string.Join(",", names.Select((name, i) => $$"""{"type":"file_version","id":"{{i}}","name":"{{name}}"}"""));

        Listing<BoxFileVersion> listing = await Replies.BoxListAsync(Encoding.UTF8.GetBytes($$"""{"total_count":2000,"entries":[{{entries}}],"limit":2000}"""));

        Assert.Equal(names, listing.Items.Select(version => version.Name));
    }

    [Theory]
    [InlineData("""{"entries":[{"type":"file_version","id":"11"}],"total_count":1}""")]
    [InlineData("""{"entries":[{"type":"file_version","id":"11"}],"total_count":1.0,"limit":1e3,"offset":0}""")]
    [InlineData("""{"entries":[{"type":"file_version","id":"11"}],"total_count":1,"limit":null,"offset":null,"next":{"a":[1]}}""")]
    [InlineData("\uFEFF  {\"total_count\":1,\"entries\":[{\"type\":\"file_version\",\"id\":\"11\"}],\"limit\":1000,\"offset\":0}\r\n")]
    public async Task A_page_can_lack_paging_values_or_start_with_a_byte_order_mark(string body)
    {
        Listing<BoxFileVersion> listing = await Replies.BoxListAsync(Encoding.UTF8.GetBytes(body));

        Assert.Equal("11", Assert.Single(listing.Items).VersionId);
        Assert.Empty(listing.Errors);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("""{"total_count":1,"entries":null}""")]
    [InlineData("""{"total_count":1,"entries":{}}""")]
    [InlineData("""{"total_count":1,"entries":[null]}""")]
    [InlineData("""{"total_count":1,"entries":[{"type":"file_version"}]}""")]
    [InlineData("""{"total_count":1,"entries":[{"id":{}}]}""")]
    [InlineData("""{"total_count":1,"entries":[{"id":"1"}]""")]
    [InlineData("<html><body>Welcome</body></html>")]
    public async Task A_malformed_page_is_an_error(string body)
    {
        Listing<BoxFileVersion> listing = await Replies.BoxListAsync(Encoding.UTF8.GetBytes(body));

        Assert.Empty(listing.Items);
        FileVersionException error = Assert.Single(listing.Errors);
        Assert.Equal(FileVersionErrorKind.InvalidResponse, error.Kind);
        Assert.Equal("7", error.FileId);
    }

    private static void AssertDate(DateTimeOffset expected, DateTimeOffset? actual) => Assert.True(actual is { } date && date.EqualsExact(expected), $"{actual:O}");

    private static void AssertUser(string id, string name, string login, BoxUser? user) =>
        Assert.Equal((id, name, login), (user?.Id, user?.Name, user?.Login));
}
