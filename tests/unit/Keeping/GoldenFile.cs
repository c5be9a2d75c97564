using System.Globalization;
using System.Text.Json;
using FileVersions.Keeping;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Keeping;

/// <summary>Reads the golden cases. Dates are read as text, because a repeated hour needs its offset.</summary>
internal static class GoldenFile
{
    internal const string Path = "fixtures/keep/cases.json";

    internal static IEnumerable<object[]> Names(string group) => Cases(group).Select(golden => new object[] { Text(golden, "name")! });

    internal static JsonElement Case(string group, string name) => Cases(group).Single(golden => Text(golden, "name") == name);

    internal static VersionEntry[] Versions(JsonElement golden) => [.. golden.GetProperty("versions").EnumerateArray().Select(ToEntry)];

    internal static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null && value.ToString() is { Length: > 0 } text ? text : null;

    internal static long? Number(JsonElement parent, string name) => Text(parent, name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    internal static DateTimeOffset? Date(JsonElement parent, string name) =>
        Text(parent, name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;

    private static JsonElement.ArrayEnumerator Cases(string group) =>
        JsonDocument.Parse(File.ReadAllBytes(SharedFactAttribute.Locate(Path))).RootElement.GetProperty(group).EnumerateArray();

    // Values can be strings, as in rows of a CSV file. ImageKit's number is part of the version name ("Version 3").
    private static VersionEntry ToEntry(JsonElement version) => new(Text(version, "FileId")!, Text(version, "VersionId")!)
    {
        Name = Text(version, "Name"),
        FilePath = Text(version, "FilePath"),
        CreatedAt = Date(version, "CreatedAt"),
        Number = Number(version, "VersionNumber")
            ?? (Text(version, "VersionName") is { } name ? long.Parse(name.Split(' ')[1], CultureInfo.InvariantCulture) : null),
        Size = Number(version, "Size"),
        Sha1 = Text(version, "Sha1"),
        IsCurrent = Text(version, "IsCurrent") == bool.TrueString,
        TrashedAt = Date(version, "TrashedAt"),
    };
}
