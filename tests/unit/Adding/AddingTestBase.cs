using System.Text.Json.Nodes;
using FileVersions.Adding;
using FileVersions.Box;
using FileVersions.Box.Uploads;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.ImageKit;
using FileVersions.ImageKit.Uploads;
using FileVersions.Services;
using FileVersions.UnitTests.Emulator;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Adding;

/// <summary>Adds versions to files in a separate emulator.</summary>
public abstract class AddingTestBase : EmulatorTestBase, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fv-add-").FullName;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected VersionAdder Adder { get; } = new();

    /// <summary>Creates a file with pseudo-random content, the same for the same seed.</summary>
    private protected string CreateFile(int size, string name = "new.bin", int seed = 1)
    {
        string path = Path.Combine(_folder, name);
        byte[] content = new byte[size];
        new Random(seed).NextBytes(content);
        File.WriteAllBytes(path, content);
        return path;
    }

    private protected string PathOf(string name) => Path.Combine(_folder, name);

    private protected static string Sha1Of(string path)
    {
        byte[] content = File.ReadAllBytes(path);
        return ContentHash.Compute(content, content.Length).ToLowerInvariant();
    }

    private protected BoxVersionUploader BoxUploader(int retries = 5, string token = BoxToken) =>
        new(BoxConnection.FromAccessToken(new Secret(token), Emulator.ApiUri, options: Options(retries)));

    private protected IKVersionUploader IKUploader(int retries = 5) =>
        new(IKConnection.FromPrivateKey(new Secret(IkKey), Emulator.ApiUri, Options(retries)));

    private protected Task<Listing<BoxFileVersion>> AddToBoxAsync(VersionToAdd version, BoxVersionUploader? uploader = null, int throttleLimit = 8) =>
        AddAsync(uploader ?? BoxUploader(), [version], throttleLimit);

    private protected Task<Listing<IKFileVersion>> AddToIKAsync(VersionToAdd version, IKVersionUploader? uploader = null) =>
        AddAsync(uploader ?? IKUploader(), [version]);

    private protected async Task<Listing<TVersion>> AddAsync<TVersion>(
        IVersionUploader<TVersion> uploader, IReadOnlyList<VersionToAdd> versions, int throttleLimit = 8, CancellationToken cancellationToken = default)
        where TVersion : class, IFileVersion
    {
        using var fetcher = new OrderedFetcher<TVersion>(throttleLimit, cancellationToken);
        var events = new List<FetchEvent<TVersion>>();
        foreach (VersionToAdd version in versions)
        {
            while (!fetcher.HasRoom && await fetcher.TakeAsync() is { } next)
            {
                events.Add(next);
            }

            fetcher.Add(version.FileId, (context, stop) => Adder.AddAsync(uploader, version, context, stop), key: version.FileId);
        }

        while (await fetcher.TakeAsync() is { } next)
        {
            events.Add(next);
        }

        return new Listing<TVersion>(events);
    }

    private protected Task<JsonNode> StateAsync(string service, string fileId) => Control(HttpMethod.Get, $"files/{service}/{fileId}");

    /// <summary>The SHA-1s of a Box file's current and past versions, newest first.</summary>
    private protected async Task<string[]> BoxHashesAsync(string fileId)
    {
        JsonNode state = await StateAsync("box", fileId);
        return [(string)state["current"]!["sha1"]!, .. state["versions"]!.AsArray().Select(version => (string)version!["sha1"]!)];
    }

    // The delays are real, but short.
    private static ConnectionOptions Options(int retries) => new() { MaximumRetryCount = retries, Jitter = () => 0.01 };
}
