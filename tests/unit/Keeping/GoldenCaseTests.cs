using System.Globalization;
using System.Text.Json;
using FileVersions.Keeping;
using FileVersions.UnitTests.Support;
using static FileVersions.UnitTests.Keeping.GoldenFile;

namespace FileVersions.UnitTests.Keeping;

/// <summary>Compares results with <c>../shared/fixtures/keep/cases.json</c>, which an independent implementation computed.</summary>
public sealed class GoldenCaseTests
{
    public static IEnumerable<object[]> RetentionCases => Names("cases");

    public static IEnumerable<object[]> PointInTimeCases => Names("asOf");

    public static IEnumerable<object[]> MeasureCases => Names("measure");

    [SharedTheory(GoldenFile.Path)]
    [MemberData(nameof(RetentionCases))]
    public void Retention(string name)
    {
        JsonElement golden = Case("cases", name);
        string? expectedError = Text(golden, "error");
        RetentionRules rules;
        try
        {
            rules = new RetentionRules(Policy(golden));
        }
        catch (FileVersionException error)
        {
            Assert.Equal(expectedError, error.Kind.ToString());
            return;
        }

        List<string> expired = [];
        List<KeepDecision> decisions = [];
        string? actualError = ForEachFile(golden, versions =>
        {
            expired.AddRange(rules.SelectExpired(versions).Select(version => version.VersionId));
            decisions.AddRange(rules.Explain(versions));
        });

        Assert.Equal(expectedError, actualError);
        Assert.Equal(golden.GetProperty("expired").EnumerateArray().Select(id => id.ToString()), expired);
        Assert.Equal(
            golden.GetProperty("decisions").EnumerateArray().Select(decision => (
                Text(decision, "VersionId"),
                Text(decision, "IsExpired") == bool.TrueString,
                string.Join(", ", decision.GetProperty("Reason").EnumerateArray()),
                Date(decision, "SupersededAt"))),
            decisions.Select(decision => (decision.VersionId, decision.IsExpired, decision.Reason.ToString(), decision.SupersededAt)));
    }

    [SharedTheory(GoldenFile.Path)]
    [MemberData(nameof(PointInTimeCases))]
    public void Point_in_time(string name)
    {
        JsonElement golden = Case("asOf", name);
        CreatedAtMeaning meaning = Text(golden, "service") == "ImageKit" ? CreatedAtMeaning.StartOrEnd : CreatedAtMeaning.Start;
        VersionEntry? found = null;
        string? error = null;
        try
        {
            found = PointInTime.Find(Versions(golden), Date(golden, "asOf")!.Value, Date(golden, "now")!.Value, meaning);
        }
        catch (FileVersionException exception)
        {
            error = exception.Kind.ToString();
        }

        Assert.Equal(
            (Text(golden, "expected"), Text(golden, "isCurrent"), Text(golden, "error")),
            (found?.VersionId, found?.IsCurrent.ToString(), error));
    }

    [SharedTheory(GoldenFile.Path)]
    [MemberData(nameof(MeasureCases))]
    public void Measure(string name)
    {
        JsonElement golden = Case("measure", name);
        List<FileVersionMeasure> files = [];
        string? error = ForEachFile(golden, versions => files.Add(Usage.Measure(versions)));

        Assert.Equal(Text(golden, "error"), error);
        Assert.Equal(golden.GetProperty("expected").GetArrayLength(), files.Count);
        Assert.All(golden.GetProperty("expected").EnumerateArray().Zip(files), pair => AssertEqual(pair.First, pair.Second));
        AssertEqual(golden.GetProperty("expectedTotal"), files.Aggregate(new FileVersionMeasure(), Usage.Add));
    }

    private static RetentionPolicy Policy(JsonElement golden)
    {
        JsonElement rules = golden.GetProperty("rules");
        return new RetentionPolicy(Date(golden, "now")!.Value)
        {
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(Text(golden, "timeZone")!),
            Last = Count("KeepLast"),
            Hourly = Count("KeepHourly"),
            Daily = Count("KeepDaily"),
            Weekly = Count("KeepWeekly"),
            Monthly = Count("KeepMonthly"),
            Yearly = Count("KeepYearly"),
            First = Count("KeepFirst"),
            Within = Duration.Parse(Text(rules, "KeepWithin") ?? "0d"),
            ExpireDuplicates = Text(rules, "Duplicate") == bool.TrueString,
        };

        int Count(string rule) => (int)(Number(rules, rule) ?? 0);
    }

    private static string? ForEachFile(JsonElement golden, Action<IReadOnlyList<VersionEntry>> action)
    {
        string? errors = null;
        var grouper = new FileGrouper(action, error => errors += error.Kind.ToString());
        Array.ForEach(Versions(golden), grouper.Add);
        grouper.Complete();
        return errors;
    }

    // Compares every property in the case.
    private static void AssertEqual(JsonElement expected, FileVersionMeasure actual) => Assert.All(expected.EnumerateObject(), property =>
    {
        object? value = typeof(FileVersionMeasure).GetProperty(property.Name)!.GetValue(actual);
        object? expectedValue = property.Name is "Oldest" or "Newest" ? Date(expected, property.Name) : Text(expected, property.Name);
        Assert.Equal(expectedValue, value is DateTimeOffset or null ? value : Convert.ToString(value, CultureInfo.InvariantCulture));
    });
}
