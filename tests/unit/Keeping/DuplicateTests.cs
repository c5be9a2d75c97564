using FileVersions.Keeping;
using static FileVersions.UnitTests.Keeping.History;

namespace FileVersions.UnitTests.Keeping;

public sealed class DuplicateTests
{
    private static readonly RetentionPolicy s_duplicatesOnly = new(Now) { ExpireDuplicates = true };

    [Fact]
    public void The_newest_of_a_run_of_identical_versions_is_kept() => AssertReasons(
        s_duplicatesOnly,
        (Past("4", "2026-11-04", sha1: "a"), "not a duplicate"),
        (Past("3", "2026-11-03", sha1: "a"), "duplicate of 4"),
        (Past("2", "2026-11-02", sha1: "A"), "duplicate of 3"),
        (Past("1", "2026-11-01", sha1: "b"), "not a duplicate"));

    [Fact]
    public void A_version_identical_to_the_current_one_is_a_duplicate_regardless_of_dates() => AssertReasons(
        s_duplicatesOnly,
        (Current("2", null, sha1: "a"), "current, no date"),
        (Past("1", "2026-11-01", sha1: "a"), "duplicate of 2"));

    [Fact]
    public void Identical_versions_that_are_not_adjacent_are_not_duplicates() => AssertReasons(
        s_duplicatesOnly,
        (Past("3", "2026-11-03", sha1: "a"), "not a duplicate"),
        (Past("2", "2026-11-02", sha1: "b"), "not a duplicate"),
        (Past("1", "2026-11-01", sha1: "a"), "not a duplicate"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_missing_hash_never_matches(string? sha1) => AssertReasons(
        s_duplicatesOnly,
        (Past("2", "2026-11-02", sha1: sha1), "not a duplicate"),
        (Past("1", "2026-11-01", sha1: sha1), "not a duplicate"));

    [Fact]
    public void Trashed_versions_and_versions_without_a_date_have_no_duplicates() => AssertReasons(
        s_duplicatesOnly,
        (Past("4", "2026-11-04", sha1: "a", trashedAt: "2026-11-05"), "trashed"),
        (Past("3", "2026-11-03", sha1: "a"), "not a duplicate"),
        (Past("2", null, sha1: "a"), "no date"),
        (Past("1", "2026-11-01", sha1: "a"), "duplicate of 3"));

    [Fact]
    public void Duplicates_expire_before_other_rules_apply() => AssertReasons(
        new RetentionPolicy(Now) { Last = 2, ExpireDuplicates = true },
        (Past("4", "2026-11-04", sha1: "a"), "last 1 of 2"),
        (Past("3", "2026-11-03", sha1: "a"), "duplicate of 4"),
        (Past("2", "2026-11-02", sha1: "b"), "last 2 of 2"),
        (Past("1", "2026-11-01", sha1: "c"), "expired"));

    [Fact]
    public void A_duplicate_supersedes_the_version_before_it()
    {
        VersionEntry[] versions = [Past("3", "2026-11-03", sha1: "a"), Past("2", "2026-11-02", sha1: "a"), Past("1", "2026-11-01", sha1: "b")];

        Assert.Equal(At("2026-11-02"), new RetentionRules(s_duplicatesOnly).Explain(versions)[2].SupersededAt);
    }
}
