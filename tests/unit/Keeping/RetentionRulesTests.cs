using FileVersions.Keeping;
using static FileVersions.UnitTests.Keeping.History;

namespace FileVersions.UnitTests.Keeping;

public sealed class RetentionRulesTests
{
    [Fact]
    public void A_policy_without_rules_is_an_error()
    {
        FileVersionException error = Assert.Throws<FileVersionException>(() => new RetentionRules(new RetentionPolicy(Now)));

        Assert.Equal(FileVersionErrorKind.NoKeepRule, error.Kind);
        Assert.Equal(
            "There is no retention rule, so no version was examined. Specify at least one rule with a count or period greater than zero, or let duplicates expire.",
            error.Message);
    }

    [Fact]
    public void Zero_disables_a_rule()
    {
        var zeros = new RetentionPolicy(Now) { Last = 0, Hourly = 0, Daily = 0, Weekly = 0, Monthly = 0, Yearly = 0, First = 0, Within = TimeSpan.Zero };

        Assert.Equal(FileVersionErrorKind.NoKeepRule, Assert.Throws<FileVersionException>(() => new RetentionRules(zeros)).Kind);
    }

    [Fact]
    public void Negative_counts_and_periods_are_errors()
    {
        Assert.Equal("Daily", Assert.Throws<ArgumentOutOfRangeException>(() => new RetentionRules(new RetentionPolicy(Now) { Last = 1, Daily = -1 })).ParamName);
        Assert.Equal(
            "Within", Assert.Throws<ArgumentOutOfRangeException>(() => new RetentionRules(new RetentionPolicy(Now) { Within = TimeSpan.FromDays(-1) })).ParamName);
    }

    [Fact]
    public void Expired_versions_are_the_input_objects_in_input_order()
    {
        VersionEntry[] versions = [Past("2", "2026-11-02"), Past("4", "2026-11-04"), Past("1", "2026-11-01"), Past("3", "2026-11-03")];

        Assert.Equal([versions[0], versions[2]], new RetentionRules(new RetentionPolicy(Now) { Last = 2 }).SelectExpired(versions));
    }

    [Fact]
    public void A_file_without_versions_has_no_expired_versions() =>
        Assert.Empty(new RetentionRules(new RetentionPolicy(Now) { TimeZone = Zone("UTC"), Last = 1, Daily = 1, First = 1 }).SelectExpired([]));

    [Fact]
    public void A_decision_describes_its_version()
    {
        VersionEntry[] versions = [Past("2", "2026-11-02"), Past("1", "2026-11-01T10:00:00-08:00", size: 1200)];

        KeepDecision decision = new RetentionRules(new RetentionPolicy(Now) { Last = 1 }).Explain(versions)[1];

        Assert.Equal(
            ("file", "1", "report.docx", "/Reports/report.docx", "2026-11-01T10:00:00.0000000-08:00", At("2026-11-02"), 1200, true, "expired"),
            (decision.FileId, decision.VersionId, decision.Name, decision.FilePath, decision.CreatedAt?.ToString("O"), decision.SupersededAt, decision.Size, decision.IsExpired, decision.Reason.Single()));
    }
}
