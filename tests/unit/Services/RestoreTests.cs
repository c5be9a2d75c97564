using FileVersions.Box;
using FileVersions.Emulator;
using FileVersions.ImageKit;
using FileVersions.Services;
using FileVersions.UnitTests.Http;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Services;

public sealed class RestoreTests : IAsyncLifetime
{
    private EmulatorRun _emulator = null!;

    public async Task InitializeAsync()
    {
        _emulator = await EmulatorRun.StartAsync(new EmulatorSettings());
        await _emulator.CreateFileAsync(new
        {
            service = "box",
            id = "77",
            current = new { id = "703", name = "report.docx.locked", content = "encrypted" },
            versions = new object[] { new { id = "702", name = "report.docx", content = "good" }, new { id = "701", name = "report.docx", content = "old" } },
        });
    }

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task A_Box_version_is_promoted_with_its_name()
    {
        BoxFileVersion current = await Box().RestoreVersionAsync("77", "702", new RestoreOptions { FilePath = "/Reports/report.docx.locked" });

        Assert.True(current.IsCurrent);
        Assert.Equal("report.docx", current.Name);
        Assert.Equal("/Reports/report.docx", current.FilePath);
        Assert.Equal(current.VersionId, (await Box().GetCurrentVersionAsync("77")).VersionId);
        Assert.Equal(["703", "702", "701"], (await Box().ListVersionsAsync("77").ToListAsync()).Select(version => version.VersionId));
    }

    [Fact]
    public async Task A_repeated_restore_sends_no_change_and_returns_the_current_version()
    {
        BoxFileVersion first = await Box().RestoreVersionAsync("77", "702");

        BoxFileVersion second = await Box().RestoreVersionAsync("77", "702");

        Assert.Equal(first.VersionId, second.VersionId);
        Assert.NotNull(second.CreatedAt);
        Assert.Equal(1, await ChangesAsync("box"));
    }

    [Fact]
    public async Task Restoring_the_current_version_sends_no_change()
    {
        BoxFileVersion current = await Box().RestoreVersionAsync("77", "703");

        Assert.Equal("703", current.VersionId);
        Assert.Equal(0, await ChangesAsync("box"));
    }

    [Fact]
    public async Task A_version_with_the_same_content_but_a_different_name_is_restored()
    {
        await _emulator.CreateFileAsync(new
        {
            service = "box",
            id = "78",
            current = new { id = "802", name = "renamed.docx", content = "same" },
            versions = new object[] { new { id = "801", name = "report.docx", content = "same" } },
        });

        BoxFileVersion current = await Box().RestoreVersionAsync("78", "801");

        Assert.Equal("report.docx", current.Name);
        Assert.Equal(1, await ChangesAsync("box"));
    }

    [Fact]
    public async Task Force_restores_even_the_same_version()
    {
        BoxFileVersion current = await Box().RestoreVersionAsync("77", "703", new RestoreOptions { Force = true });

        Assert.NotEqual("703", current.VersionId);
        Assert.Equal(1, await ChangesAsync("box"));
    }

    [Fact]
    public async Task A_trashed_version_is_first_restored_from_the_trash()
    {
        await Box().RemoveVersionAsync("77", "702");

        BoxFileVersion current = await Box().RestoreVersionAsync("77", "702");

        Assert.Equal("report.docx", current.Name);
        Assert.Null((await Box().GetVersionAsync("77", "702")).TrashedAt);
    }

    [Fact]
    public async Task A_trashed_version_can_be_restored_without_promotion()
    {
        await Box().RemoveVersionAsync("77", "702");

        BoxFileVersion version = await Box().RestoreFromTrashAsync("77", "702");

        Assert.Equal("702", version.VersionId);
        Assert.Null(version.TrashedAt);
        Assert.False(version.IsCurrent);
        Assert.Equal("703", (await Box().GetCurrentVersionAsync("77")).VersionId);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("closeBeforeReply")]
    [InlineData("html")]
    public async Task A_promotion_with_a_lost_response_is_detected_and_not_repeated(string fault)
    {
        await _emulator.SetFaultsAsync(new { method = "POST", action = fault, status = 502, handled = true });

        BoxFileVersion current = await Box(retries: 2).RestoreVersionAsync("77", "702");

        Assert.Equal("report.docx", current.Name);
        Assert.True(current.IsCurrent);
        Assert.Equal(3, (await Box().ListVersionsAsync("77").ToListAsync()).Count);
        Assert.Equal(1, (int)(await _emulator.StatsAsync("box"))["byKind"]!["promote"]!);
    }

    [Fact]
    public async Task A_promotion_without_effect_is_retried()
    {
        await _emulator.SetFaultsAsync(new { method = "POST", action = "status", status = 503, times = 2 });

        BoxFileVersion current = await Box(retries: 2).RestoreVersionAsync("77", "702");

        Assert.Equal("report.docx", current.Name);
        Assert.Equal(3, (await Box().ListVersionsAsync("77").ToListAsync()).Count);
    }

    [Fact]
    public async Task An_unknown_outcome_is_reported_and_a_second_run_completes_the_restore()
    {
        await _emulator.SetFaultsAsync(new { method = "POST", action = "closeBeforeReply", handled = true }, new { afterRequests = 2, action = "status", status = 503 });

        FileVersionException error = await Assert.ThrowsAsync<FileVersionException>(() => Box().RestoreVersionAsync("77", "702"));
        Assert.Contains("not known", error.Message, StringComparison.Ordinal);
        Assert.Equal(FileVersionErrorKind.ConnectionFailed, error.Kind);

        await _emulator.SetFaultsAsync();
        BoxFileVersion current = await Box().RestoreVersionAsync("77", "702");

        Assert.Equal("report.docx", current.Name);
        Assert.Equal(1, (int)(await _emulator.StatsAsync("box"))["byKind"]!["promote"]!);
    }

    [Fact]
    public async Task A_refused_request_is_not_retried()
    {
        await _emulator.SetFaultsAsync(new { method = "POST", action = "status", status = 409 });

        FileVersionException error = await Assert.ThrowsAsync<FileVersionException>(() => Box(retries: 3).RestoreVersionAsync("77", "702"));

        Assert.Equal(409, (int?)error.StatusCode);
        Assert.DoesNotContain("not known", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, (int)(await _emulator.StatsAsync("box"))["byKind"]!["promote"]!);
    }

    [Fact]
    public async Task A_repeated_removal_succeeds()
    {
        var log = new List<string>();

        await Box().RemoveVersionAsync("77", "702");
        await Box().RemoveVersionAsync("77", "702", log.Add);

        Assert.Single(log, line => line.Contains("version '702'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_ImageKit_version_is_restored_once()
    {
        IKClient client = Clients.ImageKit(_emulator.Address);
        IKFileVersion version = (await client.ListVersionsAsync("n004-x").ToListAsync())[2];
        var options = new RestoreOptions { VersionName = version.VersionName };

        IKFileVersion first = await client.RestoreVersionAsync("n004-x", version.VersionId!, options);
        IKFileVersion second = await client.RestoreVersionAsync("n004-x", version.VersionId!, options);

        Assert.Equal(version.VersionName, first.VersionName);
        Assert.Equal(first.VersionId, second.VersionId);
        Assert.True(second.IsCurrent);
        Assert.Equal(1, await ChangesAsync("ik"));
    }

    [Fact]
    public async Task An_ImageKit_version_whose_id_was_reassigned_is_restored_by_its_name()
    {
        IKClient client = Clients.ImageKit(_emulator.Address);
        List<IKFileVersion> before = await client.ListVersionsAsync("n004-x").ToListAsync();
        IKFileVersion formerCurrent = Assert.Single(before, version => version.IsCurrent == true);

        // The previous current version gets a new id.
        await client.RestoreVersionAsync("n004-x", before[2].VersionId!);
        Assert.DoesNotContain(
            await client.ListVersionsAsync("n004-x").ToListAsync(),
            version => version.VersionId == formerCurrent.VersionId && version.VersionName == formerCurrent.VersionName);

        IKFileVersion current = await client.RestoreVersionAsync(
            "n004-x", formerCurrent.VersionId!, new RestoreOptions { VersionName = formerCurrent.VersionName });

        Assert.Equal(formerCurrent.VersionName, current.VersionName);
    }

    [Fact]
    public async Task An_ImageKit_version_that_does_not_exist_is_not_found()
    {
        FileVersionException error = await Assert.ThrowsAsync<FileVersionException>(
            () => Clients.ImageKit(_emulator.Address).RestoreVersionAsync("n004-x", "x", new RestoreOptions { VersionName = "Version 99" }));

        Assert.Equal(FileVersionErrorKind.FileVersionNotFound, error.Kind);
        Assert.Equal("n004-x", error.FileId);
        Assert.Equal(0, await ChangesAsync("ik"));
    }

    [Fact]
    public async Task An_ImageKit_restore_with_a_lost_response_is_detected_and_not_repeated()
    {
        IKClient client = Clients.ImageKit(_emulator.Address, retries: 2);
        IKFileVersion version = (await client.ListVersionsAsync("n004-x").ToListAsync())[2];
        await _emulator.SetFaultsAsync(new { method = "PUT", action = "closeBeforeReply", handled = true });

        IKFileVersion current = await client.RestoreVersionAsync("n004-x", version.VersionId!);

        Assert.Equal(version.VersionName, current.VersionName);
        Assert.Equal(1, (int)(await _emulator.StatsAsync("ik"))["byKind"]!["restore"]!);
    }

    private BoxClient Box(int retries = 0) => Clients.Box(_emulator.Address, retries);

    private async Task<int> ChangesAsync(string service) => (int)(await _emulator.StatsAsync(service))["changes"]!;
}
