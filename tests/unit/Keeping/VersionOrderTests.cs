using FileVersions.Keeping;
using static FileVersions.UnitTests.Keeping.History;

namespace FileVersions.UnitTests.Keeping;

public sealed class VersionOrderTests
{
    private const string Date = "2026-11-20T12:00:00Z";

    private static readonly RetentionPolicy s_last1 = new(Now) { Last = 1 };

    [Fact]
    public void The_date_takes_precedence_over_the_number() => AssertNewer(Past("1", "2026-11-20T12:00:00.001Z", number: 1), Past("2", Date, number: 2));

    [Fact]
    public void Dates_are_compared_as_instants() => AssertNewer(Past("1", "2026-11-20T12:30:00+00:00"), Past("2", "2026-11-20T13:00:00+01:00"));

    [Fact]
    public void For_equal_dates_the_greater_number_is_newer() =>
        AssertNewer(Past("1", Date, number: 10), Past("2", "2026-11-20T13:00:00+01:00", number: 9));

    [Fact]
    public void A_missing_number_is_less_than_every_number() => AssertNewer(Past("1", Date, number: -1), Past("2", Date));

    [Fact]
    public void Without_numbers_the_longer_id_is_newer() => AssertNewer(Past("100", Date), Past("99", Date));

    [Fact]
    public void Ids_of_the_same_length_are_compared_ordinally() => AssertNewer(Past("a", Date), Past("B", Date));

    [Fact]
    public void The_current_version_is_newer_than_every_past_one_regardless_of_date()
    {
        VersionEntry[] versions = [Past("2", "2026-11-20", sha1: "a"), Current("1", "2026-11-01", sha1: "a")];

        Assert.Equal(["duplicate of 1"], new RetentionRules(new RetentionPolicy(Now) { ExpireDuplicates = true }).Explain(versions)[0].Reason);
    }

    private static void AssertNewer(VersionEntry newer, VersionEntry older)
    {
        AssertReasons(s_last1, (newer, "last 1 of 1"), (older, "expired"));
        AssertReasons(s_last1, (older, "expired"), (newer, "last 1 of 1"));
    }
}
