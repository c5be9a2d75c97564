using FileVersions.Box;
using FileVersions.Http;
using FileVersions.Services;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Saving;

/// <summary>A service that needs no requests for version properties and has all contents at one address.</summary>
/// <param name="content">The address of the content server.</param>
/// <param name="account">The base address of the account; null for the content server.</param>
/// <param name="maxRetryCount">The maximum number of retries.</param>
/// <param name="client">The HTTP client to use; null for a real one.</param>
internal sealed class StubContentService(Uri content, Uri? account = null, int maxRetryCount = 5, HttpClient? client = null) : IContentService
{
    public ServiceConnection Connection { get; } = BoxConnection.FromAccessToken(
        new Secret("token"),
        account ?? content,
        options: new ConnectionOptions { MaximumRetryCount = maxRetryCount, Clock = new FakeClock { AutoAdvance = true }, TestClient = client });

    /// <summary>The number of addresses requested because the previous one had expired.</summary>
    internal int RenewalCount { get; private set; }

    public Task<VersionToSave> CompleteAsync(VersionToSave version, Action<string>? log, CancellationToken cancellationToken) =>
        Task.FromResult(version);

    public Task<ContentLocation> LocateAsync(VersionToSave version, bool renew, Action<string>? log, CancellationToken cancellationToken)
    {
        RenewalCount += renew ? 1 : 0;
        return Task.FromResult(new ContentLocation(content));
    }
}
