using System.Globalization;
using System.Text;
using System.Text.Json;
using FileVersions.Box;
using FileVersions.Exporting;
using FileVersions.ImageKit;
using FileVersions.Json;
using FileVersions.Services;

namespace FileVersions.UnitTests.Exporting;

public sealed class RowFormatterTests
{
    private static readonly string[] s_unreadable = [" ", ","];

    [Fact]
    public void A_JSON_line_contains_every_column_in_order_and_keeps_date_offsets()
    {
        BoxFileVersion version = Box(
            ("FileId", "1"), ("VersionId", "11"), ("VersionNumber", 3L), ("Name", "Größe \"见\".txt"), ("FilePath", "/a/b"), ("Size", 5_000_000_000L),
            ("CreatedAt", new DateTimeOffset(2016, 12, 7, 15, 59, 32, TimeSpan.FromHours(-8))),
            ("ModifiedAt", new DateTimeOffset(2016, 12, 7, 15, 59, 32, 250, TimeSpan.Zero)),
            ("ModifiedBy", Create<BoxUser>(("Id", "33"), ("Name", "Ada"), ("Login", "ada@example.com"))),
            ("IsCurrent", false));

        Assert.Equal(
            """
            {"FileId":"1","VersionId":"11","VersionNumber":3,"Name":"Größe \"见\".txt","FilePath":"/a/b","Size":5000000000,"Sha1":null,
            "CreatedAt":"2016-12-07T15:59:32-08:00","ModifiedAt":"2016-12-07T15:59:32.25+00:00",
            "ModifiedBy":{"Id":"33","Name":"Ada","Login":"ada@example.com"},"UploaderDisplayName":null,"TrashedAt":null,"TrashedBy":null,
            "RestoredAt":null,"RestoredBy":null,"PurgedAt":null,"IsCurrent":false}
            """.Replace("\n", string.Empty, StringComparison.Ordinal) + "\n",
            Json(version));
    }

    [Fact]
    public void Nested_lists_maps_and_objects_keep_their_structure_in_JSON()
    {
        IKFileVersion version = Create<IKFileVersion>(
            ("Tags", new ValueList<string?>(["only"])),
            ("AITags", new ValueList<AITag>([Create<AITag>(("Name", "sky"), ("Confidence", 90.5))])),
            ("CustomMetadata", new ValueMap([new("brand", "Acme"), new("sizes", new ValueList<object?>([1L, 2.5m, null]))])),
            ("Duration", 1.5m));

        using JsonDocument json = JsonDocument.Parse(Json(version));

        Assert.Equal("[\"only\"]", json.RootElement.GetProperty("Tags").GetRawText());
        Assert.Equal("[{\"Name\":\"sky\",\"Confidence\":90.5,\"Source\":null}]", json.RootElement.GetProperty("AITags").GetRawText());
        Assert.Equal("{\"brand\":\"Acme\",\"sizes\":[1,2.5,null]}", json.RootElement.GetProperty("CustomMetadata").GetRawText());
        Assert.Equal("1.5", json.RootElement.GetProperty("Duration").GetRawText());
    }

    [Fact]
    public void Additional_fields_follow_the_columns_in_JSON()
    {
        BoxFileVersion version = Box(("FileId", "1"), ("extension", "txt"), ("retention", new ValueMap([new("id", "5")])));

        Assert.EndsWith(",\"extension\":\"txt\",\"retention\":{\"id\":\"5\"}}\n", Json(version), StringComparison.Ordinal);
    }

    [Fact]
    public void An_additional_field_replaces_a_column_without_a_value()
    {
        string json = Json(Box(("FileId", "1"), ("size", "big")));

        Assert.Contains("\"size\":\"big\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Size\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_in_a_line_never_differ_only_in_case()
    {
        BoxFileVersion version = Box(("FileId", "1"), ("fileid", "2"), ("extra", 1L), ("EXTRA", 2L), (string.Empty, 3L));
        using JsonDocument json = JsonDocument.Parse(Json(version));
        List<string> names = [.. json.RootElement.EnumerateObject().Select(property => property.Name)];

        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal("2", json.RootElement.GetProperty("fileid_").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("EXTRA_").GetInt32());
        Assert.Equal(3, json.RootElement.GetProperty("_").GetInt32());
    }

    [Theory]
    [InlineData("line\nbreak")]
    [InlineData("\u2028\u2029\u0085")]
    [InlineData("\u0000\u001f\ud83d\ude00")]
    public void A_version_is_always_a_single_JSON_line(string name)
    {
        string json = Json(Box(("Name", name)));

        Assert.Equal(json.Length - 1, json.IndexOfAny(['\n', '\r', '\u2028', '\u2029', '\u0085']));
        Assert.Equal(name, JsonDocument.Parse(json).RootElement.GetProperty("Name").GetString());
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData(" padded ", "\" padded \"")]
    [InlineData("=1+1", "=1+1")]
    public void Text_is_quoted_in_CSV_where_RFC_4180_requires_it(string name, string expected) =>
        Assert.Equal($",,,{expected},,,,,,,,,,,,,\r\n", Csv(Box(("Name", name))));

    [Fact]
    public void CSV_has_a_header_with_the_columns()
    {
        byte[] header = new CsvFormatter().FormatHeader(BoxColumns.Version);

        Assert.Equal(string.Join(',', BoxColumns.Version.Names) + "\r\n", Encoding.UTF8.GetString(header));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public void Files_do_not_depend_on_the_culture(string culture)
    {
        IKFileVersion version = Create<IKFileVersion>(
            ("FileId", "1"), ("Size", -1234567L), ("Duration", 1.5m), ("IsPublished", true),
            ("AITags", new ValueList<AITag>([Create<AITag>(("Name", "sky"), ("Confidence", 90.5))])),
            ("CustomMetadata", new ValueMap([new("width", 2.5m)])),
            ("CreatedAt", new DateTimeOffset(2026, 11, 21, 1, 2, 3, 450, TimeSpan.FromHours(3))));
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            (string Json, string Csv) invariant = (Json(version), Csv(version));
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

            Assert.Equal(invariant, (Json(version), Csv(version)));
            Assert.Contains(",sky (90.5%),,width=2.5,", Csv(version), StringComparison.Ordinal);
            Assert.Contains(",2026-11-21T01:02:03.45+03:00,", Csv(version), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(typeof(BoxFileVersion))]
    [InlineData(typeof(IKFileVersion))]
    [InlineData(typeof(BoxUser))]
    [InlineData(typeof(AITag))]
    public void Columns_match_the_properties_of_the_class(Type type)
    {
        ColumnTable columns = ((IHasColumns)ServiceObject.FromProperties(type, [])).GetColumns();

        // State is calculated from two other properties.
        Assert.Equal(type.GetProperties().Select(property => property.Name).Where(name => name != "State").Order(), columns.Names.Order());
        Assert.DoesNotContain(columns.Names, name => s_unreadable.Any(name.Contains));
    }

    private static BoxFileVersion Box(params (string Name, object? Value)[] properties) => Create<BoxFileVersion>(properties);

    private static T Create<T>(params (string Name, object? Value)[] properties)
        where T : ServiceObject =>
        (T)ServiceObject.FromProperties(typeof(T), properties.Select(property => new KeyValuePair<string, object?>(property.Name, property.Value)));

    private static string Json(IHasColumns version) => Encoding.UTF8.GetString(new JsonLinesFormatter().Format([version]));

    private static string Csv(IHasColumns version) => Encoding.UTF8.GetString(new CsvFormatter().Format([version]));
}
