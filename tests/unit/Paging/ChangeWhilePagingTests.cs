using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FileVersions.Box;
using FileVersions.Emulator;
using FileVersions.Services;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Paging;

/// <summary>Adds and removes versions while a file is listed. No version is returned twice, and none is lost without a warning.</summary>
public sealed class ChangeWhilePagingTests : IAsyncLifetime
{
#if NET
    private const int CaseCount = 60;
#else
    // Mono is several times slower.
    private const int CaseCount = 6;
#endif

    private static readonly HttpClient s_http = new();

    private EmulatorHost _emulator = null!;
    private int _files;

    public async Task InitializeAsync() => _emulator = await EmulatorHost.StartAsync();

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task Removed_versions_do_not_hide_others()
    {
        string id = NewFile();
        await SetAsync("shrinkWhilePaging", after: 1, count: 7);

        Listing<BoxFileVersion> listing = await ListAsync(id, new VersionListOptions(), throttleLimit: 8);

        Assert.Equal(await VersionsAsync(id), Ids(listing).Skip(7).Order());
        Assert.Equal(3000, Ids(listing).Distinct().Count());
        Assert.Empty(listing.Warnings);
        Assert.Empty(listing.Errors);
    }

    [Fact]
    public async Task Added_versions_shift_others_but_none_is_returned_twice()
    {
        string id = NewFile();
        await SetAsync("growWhilePaging", after: 1, count: 7);

        Listing<BoxFileVersion> listing = await ListAsync(id, new VersionListOptions(), throttleLimit: 8);

        Assert.Equal(await VersionsAsync(id), Ids(listing).Order());
        Assert.Equal(3007, listing.Items.Count);
        Assert.Empty(listing.Warnings);
    }

    [Fact]
    public async Task A_window_whose_versions_shifted_causes_a_warning()
    {
        string id = NewFile();
        await SetAsync("shrinkWhilePaging", after: 1, count: 7);

        Listing<BoxFileVersion> listing = await ListAsync(id, new VersionListOptions { Limit = 1500 }, throttleLimit: 8);

        Assert.Equal(1500, Ids(listing).Distinct().Count());
        Assert.Contains(id, Assert.Single(listing.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changing_list_returns_each_remaining_version_once_or_warns()
    {
        const int Seed = 4711;
        var random = new Random(Seed);
        for (int i = 0; i < CaseCount; i++)
        {
            string id = NewFile();
            string[] before = await VersionsAsync(id);
            bool grow = random.Next(2) == 0;
            int after = random.Next(1, 8);
            int count = random.Next(1, 1500);
            int offset = random.Next(3) == 0 ? random.Next(2000) : 0;
            int throttleLimit = random.Next(1, 9);
            int pageSize = random.Next(200, 1001);
            await SetAsync(grow ? "growWhilePaging" : "shrinkWhilePaging", after, count);

            Listing<BoxFileVersion> listing = await ListAsync(id, new VersionListOptions { Offset = offset, PageSize = pageSize }, throttleLimit);

            string message = $"Seed {Seed}, case {i}: {(grow ? "+" : "-")}{count} after {after}, offset {offset}, pages of {pageSize}, {throttleLimit} concurrent requests";
            string[] found = Ids(listing);
            string[] atEnd = await VersionsAsync(id);
            Assert.True(found.Length == found.Distinct().Count(), message);
            Assert.True(listing.Errors.Count == 0, message);

            // These versions are in the window before and after the change.
            IEnumerable<string> stayed = NewestFirst(before).Skip(offset).Intersect(NewestFirst(atEnd).Skip(offset));
            Assert.True((offset > 0 && listing.Warnings.Count > 0) || !stayed.Except(found).Any(), message);
            Assert.True(offset > 0 || listing.Warnings.Count == 0, message);
            Assert.True(!found.Except(before).Except(atEnd).Any(), message);
        }
    }

    private static string[] Ids(Listing<BoxFileVersion> listing) => [.. listing.Items.Select(version => version.VersionId!)];

    private static IEnumerable<string> NewestFirst(string[] ids) => ids.OrderDescending(StringComparer.Ordinal);

    private Task<Listing<BoxFileVersion>> ListAsync(string id, VersionListOptions list, int throttleLimit) =>
        Clients.Box(_emulator.ApiUri).ListAsync([id], list, throttleLimit: throttleLimit);

    // In the emulator, a file with such an id has 3000 past versions.
    private string NewFile() => $"903000{++_files:000}";

    private async Task SetAsync(string name, int after, int count)
    {
        var settings = new JsonObject { ["growWhilePaging"] = null, ["shrinkWhilePaging"] = null };
        settings[name] = new JsonObject { ["after"] = after, ["count"] = count };
        using HttpResponseMessage reply = await s_http.PatchAsJsonAsync(new Uri(_emulator.ApiUri, "_emulator/settings"), settings);
        reply.EnsureSuccessStatusCode();
    }

    // The ids have the same length, so they sort by age.
    private async Task<string[]> VersionsAsync(string id)
    {
        JsonNode file = (await s_http.GetFromJsonAsync<JsonNode>(new Uri(_emulator.ApiUri, $"_emulator/files/box/{id}")))!;
        return [.. file["versions"]!.AsArray().Select(version => (string)version!["id"]!).Order(StringComparer.Ordinal)];
    }
}
