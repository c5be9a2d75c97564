using FileVersions.Keeping;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;
using static FileVersions.UnitTests.Keeping.History;

namespace FileVersions.UnitTests.Keeping;

/// <summary>Checks invariants for random policies and histories.</summary>
public sealed class PropertyTests(ITestOutputHelper output)
{
    private const int Cases = 1_000;

    private static readonly string[] s_zones = ["UTC", "Europe/Berlin", "America/Los_Angeles", "Australia/Lord_Howe", "Asia/Kathmandu"];

    // Few dates and hashes, so that ties and duplicates are common.
    private static readonly Gen<VersionEntry> s_pastVersion =
        from quarterHours in Gen.OneOf(Gen.Choose(-10, 200), Gen.Choose(-10, 80_000))
        from hasDate in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        from number in Gen.OneOf(Gen.Constant((long?)null), Gen.Choose(1, 9).Select(value => (long?)value))
        from sha1 in Gen.Elements("a", "b", "c", null)
        from isTrashed in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new VersionEntry("file", "unnumbered")
        {
            CreatedAt = hasDate ? Now.AddMinutes(-15 * quarterHours) : null,
            Number = number,
            Sha1 = sha1,
            TrashedAt = isTrashed ? Now : null,
        };

    private static readonly Gen<VersionEntry[]> s_history =
        from versions in s_pastVersion.ListOf()
        from hasCurrent in Gen.Elements(true, false)
        select versions.Select((version, index) => With(version, $"{index + 95}", index == 0 && hasCurrent)).ToArray();

    private static readonly Gen<int> s_count = Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 5)));

    private static readonly Gen<TimeSpan> s_within = Gen.Elements("0h", "0h", "1h", "36h", "30d", "52w").Select(Duration.Parse);

    private static readonly Gen<Rules> s_rules =
        from counts in s_count.ArrayOf(7)
        from within in s_within
        from duplicates in Gen.Elements(true, false)
        from zone in Gen.Elements(s_zones)
        where within > TimeSpan.Zero || counts.Any(count => count > 0)
        select new Rules(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6], within, duplicates, zone);

    [Fact]
    public void Every_version_is_either_expired_or_kept() => Check((rules, versions) =>
    {
        IReadOnlyList<KeepDecision> decisions = new RetentionRules(rules.ToPolicy(Now)).Explain(versions);

        Assert.Equal(versions.Select(version => version.VersionId), decisions.Select(decision => decision.VersionId));
        Assert.Equal(decisions.Where(decision => decision.IsExpired).Select(decision => decision.VersionId), Expired(rules, versions));
        Assert.All(decisions, decision => Assert.NotEmpty(decision.Reason));
    });

    [Fact]
    public void The_order_of_the_input_does_not_matter() => Check((rules, versions) =>
    {
        VersionEntry[] shuffled = [.. versions];
        new Random(versions.Length).Shuffle(shuffled);

        Assert.Equal(Expired(rules, versions).Order(), Expired(rules, shuffled).Order());
    });

    [Fact]
    public void Adding_a_rule_to_other_rules_never_expires_more() => Check((rules, versions) =>
    {
        string[] expired = Expired(rules, versions);
        Rules[] extended =
        [
            rules with { Last = rules.Last + 1 },
            rules with { Hourly = rules.Hourly + 1 },
            rules with { Daily = rules.Daily + 1 },
            rules with { Weekly = rules.Weekly + 1 },
            rules with { Monthly = rules.Monthly + 1 },
            rules with { Yearly = rules.Yearly + 1 },
            rules with { First = rules.First + 1 },
            rules with { Within = rules.Within + TimeSpan.FromDays(1) },
        ];

        Assert.All(extended, more => Assert.Empty(Expired(more, versions).Except(expired)));
    });

    [Fact]
    public void Without_duplicates_a_second_run_expires_nothing() => Check((rules, versions) =>
    {
        rules = rules with { Duplicates = false };
        string[] expired = Expired(rules, versions);

        Assert.Empty(Expired(rules, [.. versions.Where(version => !expired.Contains(version.VersionId))]));
    });

    [Fact]
    public void Shifting_all_dates_by_whole_days_changes_nothing_in_UTC() => Check((rules, versions) =>
    {
        rules = rules with { Weekly = 0, Monthly = 0, Yearly = 0, Last = rules.Last + 1, Zone = "UTC" };
        var shift = TimeSpan.FromDays((7 * versions.Length) + 1);
        VersionEntry[] shifted = [.. versions.Select(version => With(version, version.VersionId, version.IsCurrent, shift))];

        Assert.Equal(Expired(rules, versions), Expired(rules, shifted, shift));
    });

    private static string[] Expired(Rules rules, VersionEntry[] versions, TimeSpan shift = default) =>
        [.. new RetentionRules(rules.ToPolicy(Now + shift)).SelectExpired(versions).Select(version => version.VersionId)];

    private static VersionEntry With(VersionEntry version, string versionId, bool isCurrent, TimeSpan shift = default) => new(version.FileId, versionId)
    {
        CreatedAt = version.CreatedAt + shift,
        Number = version.Number,
        Sha1 = version.Sha1,
        TrashedAt = version.TrashedAt,
        IsCurrent = isCurrent,
    };

    private void Check(Action<Rules, VersionEntry[]> property)
    {
        ulong seed = (ulong)Random.Shared.NextInt64();
        output.WriteLine($"Seed {seed}");
        Config config = Config.QuickThrowOnFailure.WithMaxTest(Cases).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed, 1), FSharpOption<int>.None)));
        FsCheck.Check.One(config, Prop.ForAll(s_rules.Zip(s_history).ToArbitrary(), pair => property(pair.Item1, pair.Item2)));
    }

    private sealed record Rules(
        int Last, int Hourly, int Daily, int Weekly, int Monthly, int Yearly, int First, TimeSpan Within, bool Duplicates, string Zone)
    {
        internal RetentionPolicy ToPolicy(DateTimeOffset now) => new(now)
        {
            TimeZone = History.Zone(Zone),
            Last = Last,
            Hourly = Hourly,
            Daily = Daily,
            Weekly = Weekly,
            Monthly = Monthly,
            Yearly = Yearly,
            First = First,
            Within = Within,
            ExpireDuplicates = Duplicates,
        };
    }
}
