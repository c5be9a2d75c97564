using FileVersions.Exporting;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.Saving;
using FileVersions.Services;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.ThirdService;

/// <summary>
/// A service with signed requests and marker paging, unlike Box and ImageKit, uses the same fetcher, pipeline and errors.
/// It is implemented only in this folder.
/// </summary>
public sealed class ThirdServiceTests : IDisposable
{
    private const string KeyId = "key-1";
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ObjectStore _store = new(KeyId, "secret-1");
    private readonly FakeClock _clock = new() { Start = s_start.AddYears(1), AutoAdvance = true };
    private readonly string _folder = Directory.CreateTempSubdirectory("third-service").FullName;

    public ThirdServiceTests()
    {
        for (int day = 0; day < 5; day++)
        {
            _store.Put("reports/q3.txt", $"q3 of day {day}", s_start.AddDays(day));
            _store.Put("reports/q3.txt.bak", $"backup of day {day}", s_start.AddDays(day));
            _store.Put("notes.txt", $"notes of day {day}", s_start.AddDays(day));
        }
    }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Versions_of_many_files_are_listed_in_order()
    {
        var errors = new List<string>();
        var fetch = new FetchOptions { ThrottleLimit = 3, OnError = error => errors.Add($"{error.FileId} {error.Kind}") };
        var found = new List<string>();

        await foreach (StoreVersion version in Client().ListVersionsAsync(
            ["notes.txt", "missing.txt", "reports/q3.txt"], new VersionListOptions { PageSize = 2 }, fetch))
        {
            found.Add($"{version.Key} {version.VersionId}");
        }

        Assert.Equal([.. Ids("notes.txt"), .. Ids("reports/q3.txt")], found);
        Assert.Equal(["missing.txt FileVersionNotFound"], errors);
        Assert.Contains(_store.Requests, request => request.Contains("key-marker=reports%2Fq3.txt&version-id-marker=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_window_is_listed_exactly()
    {
        List<StoreVersion> window = await Client()
            .ListVersionsAsync("notes.txt", new VersionListOptions { Offset = 1, Limit = 3, PageSize = 2 }).ToListAsync();

        Assert.Equal(_store.VersionIds("notes.txt").Skip(1).Take(3), window.Select(version => version.VersionId));
        Assert.Equal(2, _store.Requests.Count);
    }

    [Fact]
    public async Task The_version_in_force_at_a_time_is_found()
    {
        StoreVersion? version = await Client().GetVersionAsOfAsync("notes.txt", s_start.AddDays(2.5));

        Assert.Equal(s_start.AddDays(2), version?.LastModified);
        Assert.Null(await Client().GetVersionAsOfAsync("notes.txt", s_start.AddDays(-1)));
    }

    [Fact]
    public async Task Versions_are_saved_into_a_tree()
    {
        StoreClient client = Client();
        var saver = new VersionSaver(SaveDestination.ToTree(_folder), replace: false);
        List<StoreVersion> versions = await client.ListVersionsAsync(["reports/q3.txt", "notes.txt"], new VersionListOptions { Limit = 1, Offset = 3 }).ToListAsync();

        Listing<FileInfo> saved = await Clients.RunAsync<FileInfo>(
            versions.Select(version => version.Key),
            (key, context, stop) =>
            {
                StoreVersion version = versions.Single(version => version.Key == key);
                var work = saver.Prepare(client, new VersionToSave(key, version.VersionId) { Name = version.Name, FilePath = "/" + key, Size = version.Size });
                return context.EmitAsync(inner => work(context.Log, inner), stop);
            });

        Assert.Empty(saved.Errors);
        Assert.Equal("q3 of day 1", await File.ReadAllTextAsync(Path.Combine(_folder, "reports", "q3.txt")));
        Assert.Equal("notes of day 1", await File.ReadAllTextAsync(Path.Combine(_folder, "notes.txt")));
    }

    [Fact]
    public async Task Versions_are_exported()
    {
        var settings = new ExportSettings("Store", ExportFormat.Csv, StoreVersion.Columns, includeCurrent: false);
        string path = Path.Combine(_folder, "versions.csv");
        Listing<ExportPart> parts = await Clients.RunAsync<ExportPart>(
            ["notes.txt", "missing.txt"], (key, context, stop) => Client().FetchExportAsync(key, filePath: null, settings, context, stop));
        using (var file = new ExportFile(path, settings))
        {
            foreach (ExportPart part in parts.Items)
            {
                file.Write(part);
            }

            file.Commit();
        }

        string[] lines = await File.ReadAllLinesAsync(path);
        Assert.Equal("FileId,VersionId,CreatedAt,Size,IsCurrent", lines[0]);
        Assert.Equal(_store.VersionIds("notes.txt"), lines.Skip(1).Select(line => line.Split(',')[1]));
        Assert.Single(parts.Errors);
    }

    [Fact]
    public async Task A_version_that_is_known_only_by_its_ids_is_described_and_saved()
    {
        StoreClient client = Client();
        var saver = new VersionSaver(SaveDestination.ToFolder(_folder), replace: false);
        string versionId = _store.VersionIds("notes.txt").Last();

        FileInfo file = await saver.Prepare(client, new VersionToSave("notes.txt", versionId))(null, default);

        Assert.Equal("notes of day 0", await File.ReadAllTextAsync(file.FullName));
    }

    [Fact]
    public async Task A_removal_is_retried_after_its_response_was_lost()
    {
        string[] before = [.. _store.VersionIds("notes.txt")];
        _store.FaultsAreHandled = true;
        _store.Fault = (number, _) => number == 1 ? ObjectStore.Error(502, "BadGateway") : null;

        await Client().RemoveVersionAsync("notes.txt", before[2]);

        Assert.Equal(before.Where(id => id != before[2]), _store.VersionIds("notes.txt"));
        Assert.Equal(2, _store.Requests.Count);
    }

    [Fact]
    public async Task A_version_is_restored_once_even_if_the_response_is_lost()
    {
        string oldest = _store.VersionIds("notes.txt").Last();
        _store.FaultsAreHandled = true;
        _store.Fault = (_, request) => request.Method == HttpMethod.Put ? ObjectStore.Error(500, "InternalError") : null;

        StoreVersion current = await Client().RestoreVersionAsync("notes.txt", oldest);

        Assert.True(current.IsLatest);
        Assert.Equal(6, _store.VersionIds("notes.txt").Count());
        Assert.Equal(current.VersionId, _store.VersionIds("notes.txt").First());
    }

    [Fact]
    public async Task The_signature_covers_every_attempt()
    {
        _store.Fault = (number, _) => number <= 2 ? ObjectStore.Error(503, "ServiceUnavailable") : null;

        StoreVersion current = await Client().GetCurrentVersionAsync("notes.txt");

        Assert.Equal(_store.VersionIds("notes.txt").First(), current.VersionId);
        Assert.Equal(3, _store.Requests.Count);
        Assert.Equal(2, _clock.Delays.Count);
    }

    [Fact]
    public async Task A_wrong_secret_is_reported_as_an_account_error()
    {
        FileVersionException error = await Assert.ThrowsAsync<FileVersionException>(() => Client("wrong").GetCurrentVersionAsync("notes.txt"));

        Assert.Equal(FileVersionErrorKind.AuthenticationFailed, error.Kind);
        Assert.Equal("SignatureDoesNotMatch", error.ServiceCode);
        Assert.Equal("req-1", error.RequestId);
        Assert.True(error.IsAccountError);
        Assert.DoesNotContain("wrong", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_modified_in_transit_is_rejected()
    {
        _store.Fault = (_, request) =>
        {
            request.RequestUri = new Uri(request.RequestUri + "&other=1");
            return null;
        };

        FileVersionException error = await Assert.ThrowsAsync<FileVersionException>(() => Client().GetCurrentVersionAsync("notes.txt"));

        Assert.Equal(FileVersionErrorKind.AuthenticationFailed, error.Kind);
    }

    [Fact]
    public async Task The_error_code_in_the_body_identifies_throttling()
    {
        _store.Fault = (_, _) => ObjectStore.Error(503, "SlowDown");

        FileVersionException error = await Assert.ThrowsAsync<FileVersionException>(() => Client().GetCurrentVersionAsync("notes.txt"));

        Assert.Equal(FileVersionErrorKind.RateLimited, error.Kind);
        Assert.Equal("notes.txt", error.FileId);
    }

    private StoreClient Client(string secret = "secret-1") => new(new StoreConnection(
        KeyId,
        new Secret(secret),
        new Uri("https://store.example"),
        new ConnectionOptions { Clock = _clock, Jitter = () => 0.5, MaximumRetryCount = 2, TestClient = new HttpClient(_store, disposeHandler: false) }));

    private IEnumerable<string> Ids(string key) => _store.VersionIds(key).Select(id => $"{key} {id}");
}
