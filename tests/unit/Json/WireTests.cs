using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using FileVersions.Box;
using FileVersions.ImageKit;
using Xunit;

namespace FileVersions.UnitTests.Json;

public sealed class WireTests
{
    [Fact]
    public void What_readers_are_prepared_with_can_be_read()
    {
        Assert.Single(BoxWire.ReadPage(BoxWire.Sample)!.Entries!);
        Assert.Single(IKWire.ReadVersions(IKWire.Sample)!);
    }

    [Fact]
    public void BoxVersionKeepsEveryField()
    {
        BoxFileVersion version = BoxVersion("""
            {"type":"file_version","id":"7","sha1":"ab","name":"a.txt","size":5,"created_at":"2020-01-02T03:04:05-07:00",
             "modified_at":"2020-01-02T03:04:06Z","modified_by":{"type":"user","id":"1","name":"Ada","login":"a@example.com"},
             "trashed_at":"2020-01-02T03:04:07+05:30","trashed_by":{"id":"2"},"restored_at":"2020-01-02T03:04:08Z",
             "restored_by":{"id":"3"},"purged_at":"2020-01-02T03:04:09Z","uploader_display_name":"Eve","version_number":"12"}
            """);
        Assert.Equal("7", version.VersionId);
        Assert.Equal("ab", version.Sha1);
        Assert.Equal("a.txt", version.Name);
        Assert.Equal(5, version.Size);
        Assert.Equal(new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.FromHours(-7)), version.CreatedAt);
        Assert.Equal(TimeSpan.FromHours(-7), version.CreatedAt!.Value.Offset);
        Assert.Equal(new DateTimeOffset(2020, 1, 2, 3, 4, 6, TimeSpan.Zero), version.ModifiedAt);
        Same(["1", "Ada", "a@example.com"], [version.ModifiedBy!.Id, version.ModifiedBy.Name, version.ModifiedBy.Login]);
        Assert.Equal(TimeSpan.FromMinutes(330), version.TrashedAt!.Value.Offset);
        Same(["2", "3"], [version.TrashedBy!.Id, version.RestoredBy!.Id]);
        Assert.Equal(8, version.RestoredAt!.Value.Second);
        Assert.Equal(9, version.PurgedAt!.Value.Second);
        Assert.Equal("Eve", version.UploaderDisplayName);
        Assert.Equal("12", version.VersionNumber);
        Assert.Null(version.GetAdditionalFields());
        Assert.Null(version.ModifiedBy.GetAdditionalFields());
    }

    [Theory]
    [InlineData("""{"id":7}""")]
    [InlineData("""{"\u0069d":"7"}""")]
    [InlineData("""{"id":"6","id":"7"}""")]
    [InlineData("\uFEFF{\"id\":\"7\"}")]
    public void BoxVersionIdIsReadHoweverItIsWritten(string json) => Assert.Equal("7", BoxVersion(json).VersionId);

    [Theory]
    [InlineData("1.5e3", 1500L, null)]
    [InlineData("9223372036854775807", long.MaxValue, null)]
    [InlineData("1.2e+31", null, 1.2e+31)]
    [InlineData("0.5", null, 0.5)]
    [InlineData("null", null, null)]
    public void SizeIsExactOrKeptAsItIs(string json, long? size, double? other)
    {
        BoxFileVersion version = BoxVersion($$"""{"id":"1","size":{{json}}}""");
        Assert.Equal(size, version.Size);
        Assert.Equal(other, version.GetAdditionalFields()?["size"]);
    }

    [Fact]
    public void UnknownFieldsAreKeptAsPlainValues()
    {
        BoxFileVersion version = BoxVersion("""
            {"id":"1","type":"other","a":"x","b":1,"c":1.5,"d":1e300,"e":true,"f":null,"g":[1,"y",[]],"h":{"i":{"j":2}},"a":"z",
             "modified_by":{"type":"user","id":"1","k":"l"}}
            """);
        IReadOnlyDictionary<string, object?> fields = version.GetAdditionalFields()!;
        Same(["a", "b", "c", "d", "e", "f", "g", "h", "type"], fields.Keys.Order());
        Same(["z", 1L, 1.5m, 1e300, true, null], "abcdef".Select(name => fields[name.ToString()]));
        Same([1L, "y", new ValueList<object?>([])], Assert.IsType<ValueList<object?>>(fields["g"]));
        Assert.Equal(2L, ((ValueMap)((ValueMap)fields["h"]!)["i"]!)["j"]);
        Assert.Equal("other", fields["type"]);
        Assert.Equal("l", version.ModifiedBy!.GetAdditionalFields()!["k"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"id":"1"} x""")]
    [InlineData("""{"id":[]}""")]
    [InlineData("""{"id":true}""")]
    [InlineData("""{"name":{}}""")]
    [InlineData("""{"size":"5"}""")]
    [InlineData("""{"size":1e999}""")]
    [InlineData("""{"created_at":5}""")]
    [InlineData("""{"created_at":"yesterday"}""")]
    [InlineData("""{"modified_by":[]}""")]
    [InlineData("""{"x":[[[}""")]
    public void WhatIsNoVersionIsRefused(string json) => Assert.ThrowsAny<JsonException>(() => BoxWire.ReadVersion(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void NestingIsBounded() =>
        Assert.ThrowsAny<JsonException>(() => BoxVersion($$"""{"x":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}"""));

    [Theory]
    [InlineData("", null)]
    [InlineData("2020-01-02T03:04:05", 0)]
    [InlineData("2020-01-02", 0)]
    [InlineData("2020-01-02T03:04:05.1234567+02:00", 120)]
    public void DatesWithoutOffsetAreUtc(string text, int? offsetMinutes) =>
        Assert.Equal(offsetMinutes, BoxVersion($$"""{"created_at":"{{text}}"}""").CreatedAt?.Offset.TotalMinutes);

    [Fact]
    public void BoxPageTellsWhatIsMissing()
    {
        BoxVersionPage page = BoxWire.ReadPage(Encoding.UTF8.GetBytes("""{"entries":[{"id":"1"},null],"total_count":2,"order":[]}"""))!;
        Assert.Equal(2, page.TotalCount.Value);
        Assert.Null(page.Limit.Value);
        Same(["1", null], page.Entries!.Select(entry => entry?.VersionId));
    }

    [Fact]
    public void SameTextIsTheSameString()
    {
        BoxFileVersion first = BoxVersion("""{"name":"shared name.txt"}"""), second = BoxVersion("""{"name":"shared name.txt"}""");
        Assert.Same(first.Name, second.Name);
    }

    [Fact]
    public void ImageKitVersionKeepsEveryField()
    {
        IKFileVersion version = IKVersion("""
            {"fileId":"f","type":"file","name":"n","filePath":"/n","fileType":"image","mime":"image/png","size":1,"width":2.5,"height":3,
             "hasAlpha":true,"tags":["a",null],"AITags":[{"name":"b","confidence":90.5,"source":"c","d":1}],
             "versionInfo":{"id":"v","name":"Version 1","e":2},"customCoordinates":"","customMetadata":{"F":1,"f":2},
             "embeddedMetadata":null,"description":"g","url":"h","thumbnail":"i","isPrivateFile":false,"isPublished":null,
             "duration":4.5,"bitRate":5,"videoCodec":"j","audioCodec":"k","createdAt":"2020-01-02T03:04:05.678Z","updatedAt":"",
             "selectedFieldsSchema":{"l":{}}}
            """);
        Same(
            ["f", "file", "n", "/n", "image", "image/png", "v", "Version 1", "", "g", "h", "i", "j", "k"],
            [version.FileId, version.Type, version.Name, version.FilePath, version.FileType, version.Mime, version.VersionId, version.VersionName,
                version.CustomCoordinates, version.Description, version.Url, version.Thumbnail, version.VideoCodec, version.AudioCodec]);
        Same([1L, null, 3L, 4.5m, 5L], [version.Size, version.Width, version.Height, version.Duration, version.BitRate]);
        Assert.Equal(2.5, version.GetAdditionalFields()!["width"]);
        Same([true, true, false, null], [version.IsCurrent, version.HasAlpha, version.IsPrivateFile, version.IsPublished]);
        Same(["a", null], version.Tags!);
        AITag tag = Assert.Single(version.AITags!);
        Assert.Equal(("b", 90.5, "c"), (tag.Name, tag.Confidence, tag.Source));
        Assert.Equal(1L, tag.GetAdditionalFields()!["d"]);
        Same([1L, 2L], [version.CustomMetadata!["F"], version.CustomMetadata["f"]]);
        Assert.Null(version.EmbeddedMetadata);
        Assert.Equal(678, version.CreatedAt!.Value.Millisecond);
        Assert.Null(version.UpdatedAt);
        IReadOnlyDictionary<string, object?> fields = version.GetAdditionalFields()!;
        Same(["selectedFieldsSchema", "versionInfo", "width"], fields.Keys.Order());
        Assert.Equal(2L, ((ValueMap)fields["versionInfo"]!)["e"]);
    }

    [Theory]
    [InlineData("null", null)]
    [InlineData("[]", "")]
    [InlineData("\"one\"", "one")]
    [InlineData("""{"name":"one"}""", "one")]
    [InlineData("""["one",{"name":"two"},null]""", "one,two,")]
    public void AITagsAreReadInEveryShape(string json, string? names) =>
        Assert.Equal(names, IKVersion($$"""{"AITags":{{json}}}""").AITags is { } tags ? string.Join(",", tags.Select(tag => tag.Name)) : null);

    [Fact]
    public void ImageKitListHoldsObjectsOnly() =>
        Assert.Throws<JsonException>(() => IKWire.ReadVersions(Encoding.UTF8.GetBytes("[null]")));

    private static void Same(IEnumerable<object?> expected, IEnumerable<object?> actual) => Assert.Equal(expected, actual);

    private static BoxFileVersion BoxVersion(string json) => BoxWire.ReadVersion(Encoding.UTF8.GetBytes(json))!;

    private static IKFileVersion IKVersion(string json) => IKWire.ReadVersion(Encoding.UTF8.GetBytes(json))!;
}
