using System;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Http;
using FileVersions.Services;
using FileVersions.UnitTests.Http;

namespace FileVersions.UnitTests.Saving;

/// <summary>A service that knows everything about its versions and stores their contents at one address.</summary>
internal sealed class StubContentService(Uri content, Uri? account = null) : IContentService
{
    public ServiceConnection Connection { get; } = Transport.Box(account ?? content, retries: 5);

    public Task<VersionToSave> CompleteAsync(VersionToSave version, Action<string>? log, CancellationToken cancellationToken) =>
        Task.FromResult(version);

    public Task<ContentLocation> LocateAsync(VersionToSave version, bool renew, Action<string>? log, CancellationToken cancellationToken) =>
        Task.FromResult(new ContentLocation(content));
}
