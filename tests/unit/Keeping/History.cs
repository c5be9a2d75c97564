using System.Globalization;
using FileVersions.Keeping;

namespace FileVersions.UnitTests.Keeping;

/// <summary>Writes histories of a file as tables.</summary>
internal static class History
{
    internal static DateTimeOffset Now { get; } = At("2026-11-22T12:00:00Z");

    internal static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    internal static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    internal static VersionEntry Past(
        string versionId, string? createdAt, long? number = null, string? sha1 = null, long? size = null, string? trashedAt = null, string fileId = "file") =>
        new(fileId, versionId)
        {
            Name = "report.docx",
            FilePath = "/Reports/report.docx",
            CreatedAt = createdAt is null ? null : At(createdAt),
            Number = number,
            Sha1 = sha1,
            Size = size,
            TrashedAt = trashedAt is null ? null : At(trashedAt),
        };

    internal static VersionEntry Current(
        string versionId, string? createdAt, long? number = null, string? sha1 = null, long? size = null, string fileId = "file") =>
        new(fileId, versionId)
        {
            Name = "report (current).docx",
            FilePath = "/Reports/report (current).docx",
            CreatedAt = createdAt is null ? null : At(createdAt),
            Number = number,
            Sha1 = sha1,
            Size = size,
            IsCurrent = true,
        };

    /// <summary>Checks the reasons for each past version, identified by its date.</summary>
    internal static void AssertReasons(RetentionPolicy policy, params (string CreatedAt, string Reasons)[] expected) =>
        AssertReasons(policy, [.. expected.Select((row, index) => (Past($"{999 - index}", row.CreatedAt), row.Reasons))]);

    /// <summary>Checks the reasons for each version.</summary>
    internal static void AssertReasons(RetentionPolicy policy, params (VersionEntry Version, string Reasons)[] expected)
    {
        var decisions = new RetentionRules(policy).Explain([.. expected.Select(row => row.Version)]);
        Assert.Equal(
            expected.Select(row => (row.Version.VersionId, row.Version.CreatedAt, row.Reasons)),
            decisions.Select(decision => (decision.VersionId!, decision.CreatedAt, decision.Reason.ToString())));
    }
}
