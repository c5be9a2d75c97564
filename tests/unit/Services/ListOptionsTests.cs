using FileVersions.Box;
using FileVersions.Emulator;
using FileVersions.ImageKit;
using FileVersions.Services;
using FileVersions.UnitTests.Http;
using FileVersions.UnitTests.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace FileVersions.UnitTests.Services;

public sealed class ListOptionsTests(ITestOutputHelper output)
{
    public static TheoryData<long, long?, int?> OutOfRange { get; } = new()
    {
        { -1, null, null },
        { long.MinValue, null, null },
        { 0, -1, null },
        { 0, null, 0 },
        { 0, null, -5 },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public async Task A_number_out_of_range_is_rejected_without_a_request(long offset, long? limit, int? pageSize)
    {
        await using EmulatorRun emulator = await EmulatorRun.StartAsync(new EmulatorSettings());
        var options = new VersionListOptions { Offset = offset, Limit = limit, PageSize = pageSize };

        Listing<BoxFileVersion> box = await Clients.Box(emulator.Address).ListAsync(["12345"], options);
        Listing<IKFileVersion> imageKit = await Clients.ImageKit(emulator.Address).ListAsync(["n004-x"], options);

        foreach (FileVersionException error in (FileVersionException[])[Assert.Single(box.Errors), Assert.Single(imageKit.Errors)])
        {
            Assert.Equal(FileVersionErrorKind.InvalidRequest, error.Kind);
            Assert.NotNull(error.FileId);
        }

        Assert.Equal(0, (int)(await emulator.StatsAsync("box"))["requests"]! + (int)(await emulator.StatsAsync("ik"))["requests"]!);
    }

    [Fact]
    public async Task A_limit_of_zero_sends_no_request()
    {
        await using EmulatorRun emulator = await EmulatorRun.StartAsync(new EmulatorSettings());
        var options = new VersionListOptions { Limit = 0, IncludeCurrent = true };

        Assert.Empty((await Clients.Box(emulator.Address).ListAsync(["12345"], options)).Events);
        Assert.Empty((await Clients.ImageKit(emulator.Address).ListAsync(["n004-x"], options)).Events);
        Assert.Equal(0, (int)(await emulator.StatsAsync("box"))["requests"]! + (int)(await emulator.StatsAsync("ik"))["requests"]!);
    }

    [Fact]
    public async Task Any_window_of_an_ImageKit_file_is_read_from_one_response()
    {
        const ulong Seed = 20261121;
        output.WriteLine($"Seed {Seed}");
        await using EmulatorRun emulator = await EmulatorRun.StartAsync(new EmulatorSettings());
        IKClient client = Clients.ImageKit(emulator.Address);
        var windows =
            from versions in Gen.Choose(1, 100)
            from offset in Gen.Choose(0, 110)
            from limit in Gen.OneOf(Gen.Constant((int?)null), Gen.Choose(0, 110).Select(n => (int?)n))
            select (versions, offset, limit);

        bool Holds((int Versions, int Offset, int? Limit) window)
        {
            string id = $"n{window.Versions:000}-x";
            string[] all = List(id, new VersionListOptions());
            string[] found = List(id, new VersionListOptions { Offset = window.Offset, Limit = window.Limit });
            Assert.Equal(window.Versions, all.Length);
            Assert.Equal(all.Skip(window.Offset).Take(window.Limit ?? int.MaxValue), found);
            return true;
        }

        string[] List(string id, VersionListOptions options) =>
            [.. client.ListVersionsAsync(id, options).ToListAsync().GetAwaiter().GetResult().Select(version => version.VersionId!)];

        Config config = Config.QuickThrowOnFailure
            .WithMaxTest(150)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed, 1), FSharpOption<int>.None)));
        await Task.Factory.StartNew(
            () => Check.One(config, Prop.ForAll(windows.ToArbitrary(), (Func<(int, int, int?), bool>)Holds)), TaskCreationOptions.LongRunning);
    }
}
