using FileVersions.Box;
using FileVersions.Emulator;
using FileVersions.ImageKit;
using FileVersions.Services;
using FileVersions.UnitTests.Http;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Services;

public sealed class CurrentVersionTests
{
    private static readonly DateTimeOffset s_fileCreatedAt = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_versionCreatedAt = new(2026, 5, 6, 7, 8, 9, TimeSpan.FromHours(-8));

    private static readonly object s_file = new
    {
        service = "box",
        id = "77",
        name = "a.txt",
        current = new { id = "703", createdAt = s_versionCreatedAt, modifiedAt = s_versionCreatedAt },
        versions = new object[] { new { id = "702", createdAt = s_fileCreatedAt }, new { id = "701", createdAt = s_fileCreatedAt } },
    };

    [Fact]
    public async Task The_current_Box_version_has_the_creation_date_of_its_own_record()
    {
        await using EmulatorRun emulator = await StartAsync(new EmulatorSettings());

        List<BoxFileVersion> versions = await Client(emulator).ListVersionsAsync("77", new VersionListOptions { IncludeCurrent = true }).ToListAsync();

        Assert.Equal(["703", "702", "701"], versions.Select(version => version.VersionId));
        Assert.Equal([true, false, false], versions.Select(version => version.IsCurrent));
        Assert.True(s_versionCreatedAt.EqualsExact(versions[0].CreatedAt!.Value));
        Assert.Equal("a.txt", versions[0].Name);
        Assert.NotNull(versions[0].Sha1);
    }

    [Fact]
    public async Task If_Box_refuses_the_record_the_file_describes_its_current_version_without_a_date()
    {
        await using EmulatorRun emulator = await StartAsync(new EmulatorSettings { BoxCurrentVersionReadable = false });
        var log = new List<string>();

        BoxFileVersion current = await Client(emulator).GetCurrentVersionAsync("77", log: log.Add);

        Assert.Equal("703", current.VersionId);
        Assert.Equal("a.txt", current.Name);
        Assert.NotNull(current.Sha1);
        Assert.True(current.IsCurrent);
        Assert.Null(current.CreatedAt);
        Assert.Single(log, line => line.Contains("version '703'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failure_other_than_a_refusal_is_an_error()
    {
        await using EmulatorRun emulator = await StartAsync(new EmulatorSettings());
        await emulator.SetFaultsAsync(new { pathContains = "/versions/703", action = "status", status = 503 });

        FileVersionException error = await Assert.ThrowsAsync<FileVersionException>(() => Client(emulator).GetCurrentVersionAsync("77"));

        Assert.Equal(FileVersionErrorKind.ServiceUnavailable, error.Kind);
    }

    [Fact]
    public async Task Fields_of_the_file_itself_need_one_request()
    {
        await using EmulatorRun emulator = await StartAsync(new EmulatorSettings());

        BoxFileVersion current = await Client(emulator).GetCurrentVersionAsync("77", new VersionReadOptions { Fields = ["name", "sha1"] });

        Assert.Equal("a.txt", current.Name);
        Assert.Equal(1, (int)(await emulator.StatsAsync("box"))["requests"]!);
    }

    [Fact]
    public async Task A_version_that_was_current_when_the_list_started_is_not_returned_twice()
    {
        // Between the two requests, a new version is uploaded, so the previous current version is now the first past version.
        await using var server = new RawServer(request => RawServer.Reply(
            "200 OK",
            request.StartsWith("GET /2.0/files/77/versions?", StringComparison.Ordinal)
                ? """{"total_count":2,"limit":1000,"entries":[{"type":"file_version","id":"2"},{"type":"file_version","id":"1"}]}"""
                : request.StartsWith("GET /2.0/files/77/versions/2?", StringComparison.Ordinal)
                    ? """{"type":"file_version","id":"2"}"""
                    : """{"type":"file","id":"77","file_version":{"type":"file_version","id":"2"}}"""));

        Listing<BoxFileVersion> listing = await Clients.Box(server.Address).ListAsync(["77"], new VersionListOptions { IncludeCurrent = true });

        Assert.Equal(["2", "1"], listing.Items.Select(version => version.VersionId));
        Assert.Empty(listing.Errors);
    }

    [Fact]
    public async Task The_current_ImageKit_version_is_found_in_the_list()
    {
        await using EmulatorRun emulator = await StartAsync(new EmulatorSettings());
        IKClient client = Clients.ImageKit(emulator.Address);
        List<IKFileVersion> versions = await client.ListVersionsAsync("n004-x").ToListAsync();

        IKFileVersion current = await client.GetCurrentVersionAsync("n004-x");

        Assert.Equal(Assert.Single(versions, version => version.IsCurrent == true).VersionId, current.VersionId);
    }

    [Fact]
    public async Task Versions_have_their_connection_and_the_path_from_the_caller()
    {
        await using EmulatorRun emulator = await StartAsync(new EmulatorSettings());
        BoxClient client = Client(emulator);
        var options = new VersionListOptions { IncludeCurrent = true, FilePath = "/Reports/a.txt" };

        List<BoxFileVersion> versions = await client.ListVersionsAsync("77", options).ToListAsync();

        Assert.All(versions, version => Assert.Equal("/Reports/a.txt", version.FilePath));
        Assert.All(versions, version => Assert.Same(client.Connection, version.GetConnection()));
        Assert.Equal("/Reports/a.txt", (await client.GetVersionAsync("77", "702", options)).FilePath);
    }

    [Fact]
    public async Task Trashed_versions_are_listed()
    {
        await using EmulatorRun emulator = await StartAsync(new EmulatorSettings());
        BoxClient client = Client(emulator);

        await client.RemoveVersionAsync("77", "702");

        List<BoxFileVersion> versions = await client.ListVersionsAsync("77").ToListAsync();
        Assert.Equal(["702", "701"], versions.Select(version => version.VersionId));
        Assert.NotNull(versions[0].TrashedAt);
        Assert.Null(versions[1].TrashedAt);
    }

    [Fact]
    public async Task Requested_fields_without_a_property_are_additional_fields()
    {
        await using EmulatorRun emulator = await StartAsync(new EmulatorSettings { BoxRetainEvery = 1 });
        var options = new VersionListOptions { Fields = [.. BoxFields.Documented, "retention", "permissions"], Limit = 1 };

        BoxFileVersion version = Assert.Single(await Client(emulator).ListVersionsAsync("12345", options).ToListAsync());

        IReadOnlyDictionary<string, object?> fields = version.GetAdditionalFields()!;
        Assert.Contains("retention", fields.Keys);
        Assert.Contains("permissions", fields.Keys);
    }

    private static async Task<EmulatorRun> StartAsync(EmulatorSettings settings)
    {
        EmulatorRun emulator = await EmulatorRun.StartAsync(settings);
        await emulator.CreateFileAsync(s_file);
        return emulator;
    }

    private static BoxClient Client(EmulatorRun emulator) => Clients.Box(emulator.Address);
}
