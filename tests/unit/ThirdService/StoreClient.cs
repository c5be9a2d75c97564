using System.Globalization;
using System.Xml.Linq;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.Keeping;
using FileVersions.Services;

namespace FileVersions.UnitTests.ThirdService;

/// <summary>Versions of objects in a store. A file's id is the object's key. Lists are XML, paged by key and version markers.</summary>
internal sealed class StoreClient(StoreConnection connection) : IVersionService<StoreVersion>, IContentService
{
    public ServiceConnection Connection => connection;

    public CreatedAtMeaning CreatedAtMeaning => CreatedAtMeaning.Start;

    public string ParseFileId(string text) => text;

    public IPageReader<StoreVersion> OpenVersions(string fileId, VersionListOptions options, IRequestContext context, CancellationToken cancellationToken)
    {
        options.Validate(fileId);
        return new VersionListing(this, fileId, options, context, cancellationToken);
    }

    public async Task<StoreVersion> GetVersionAsync(
        string fileId, string versionId, VersionReadOptions? options = null, Action<string>? log = null, CancellationToken cancellationToken = default) =>
        await FindAsync(fileId, version => version.VersionId == versionId, log, cancellationToken)
            ?? throw new FileVersionException(FileVersionErrorKind.FileVersionNotFound, $"The store has no version '{versionId}' of '{fileId}'.").WithFile(fileId, versionId);

    public async Task<StoreVersion> GetCurrentVersionAsync(
        string fileId, VersionReadOptions? options = null, Action<string>? log = null, CancellationToken cancellationToken = default) =>
        await FindAsync(fileId, version => version.IsLatest, log, cancellationToken)
            ?? throw new FileVersionException(FileVersionErrorKind.FileVersionNotFound, $"The store has no object '{fileId}'.").WithFile(fileId);

    public async Task<StoreVersion> RestoreVersionAsync(
        string fileId, string versionId, RestoreOptions? options = null, Action<string>? log = null, CancellationToken cancellationToken = default)
    {
        StoreVersion current = await GetCurrentVersionAsync(fileId, null, log, cancellationToken);
        if (current.VersionId == versionId && options is not { Force: true })
        {
            return current;
        }

        var request = new ServiceRequest(HttpMethod.Put, PathOf(fileId), fileId, versionId)
        {
            IsIdempotent = false,
            PrepareRequest = message => message.Headers.Add("x-store-copy-source", $"{PathOf(fileId)}?versionId={versionId}"),
            Log = log,
        };
        return await ChangeOnce.RunAsync(CopyAsync, FindCopyAsync, connection, cancellationToken);

        async Task<StoreVersion> CopyAsync()
        {
            await connection.Requests.SendAsync(request, (ServiceResponse _) => true, cancellationToken);
            return await GetCurrentVersionAsync(fileId, null, log, cancellationToken);
        }

        async Task<StoreVersion?> FindCopyAsync()
        {
            StoreVersion now = await GetCurrentVersionAsync(fileId, null, log, cancellationToken);
            return now.VersionId == current.VersionId ? null : now;
        }
    }

    public Task RemoveVersionAsync(string fileId, string versionId, Action<string>? log = null, CancellationToken cancellationToken = default) =>
        connection.Requests.RemoveAsync($"{PathOf(fileId)}?versionId={versionId}", fileId, versionId, log, cancellationToken);

    public async Task<VersionToSave> CompleteAsync(VersionToSave version, Action<string>? log, CancellationToken cancellationToken)
    {
        if (version.Size is not null)
        {
            return version;
        }

        StoreVersion found = await GetVersionAsync(version.FileId, version.VersionId, null, log, cancellationToken);
        return new VersionToSave(version.FileId, version.VersionId)
        {
            Name = found.Name,
            FilePath = "/" + found.Key,
            Size = found.Size,
            Date = found.LastModified,
        };
    }

    public Task<ContentLocation> LocateAsync(VersionToSave version, bool renew, Action<string>? log, CancellationToken cancellationToken) =>
        Task.FromResult(new ContentLocation(connection.SignContentAddress(PathOf(version.FileId), version.VersionId)));

    private static string PathOf(string key) => "/" + string.Join('/', key.Split('/').Select(ServiceAddress.Segment));

    private async Task<StoreVersion?> FindAsync(string key, Predicate<StoreVersion> isWanted, Action<string>? log, CancellationToken cancellationToken)
    {
        for (Page page = await GetPageAsync(key, null, null, log, cancellationToken); ; page = await GetPageAsync(key, null, page, log, cancellationToken))
        {
            if (page.Versions.Find(isWanted) is { } found)
            {
                return found;
            }

            if (page.NextKey is null)
            {
                return null;
            }
        }
    }

    private Task<Page> GetPageAsync(string key, int? pageSize, Page? previous, Action<string>? log, CancellationToken cancellationToken)
    {
        string address = $"/?versions&prefix={Uri.EscapeDataString(key)}&max-keys={(pageSize ?? 1000).ToString(CultureInfo.InvariantCulture)}";
        if (previous is { NextKey: { } nextKey })
        {
            address += $"&key-marker={Uri.EscapeDataString(nextKey)}&version-id-marker={previous.NextVersionId}";
        }

        return connection.Requests.SendAsync(new ServiceRequest(HttpMethod.Get, address, key) { Log = log }, body => ReadPage(body, key), cancellationToken);
    }

    // The prefix also matches longer keys.
    private Page ReadPage(ReadOnlyMemory<byte> body, string key)
    {
        XElement list = XDocument.Parse(System.Text.Encoding.UTF8.GetString(body.Span)).Root!;
        var versions = list.Elements("Version")
            .Where(version => (string)version.Element("Key")! == key)
            .Select(version => new StoreVersion(
                key,
                (string)version.Element("VersionId")!,
                (DateTimeOffset)version.Element("LastModified")!,
                (long)version.Element("Size")!,
                (bool)version.Element("IsLatest")!,
                connection))
            .ToList();
        return new Page(versions, (string?)list.Element("NextKeyMarker"), (string?)list.Element("NextVersionIdMarker"));
    }

    private sealed record Page(List<StoreVersion> Versions, string? NextKey, string? NextVersionId);

    /// <summary>Reads the pages sequentially, because each page contains the markers of the next one.</summary>
    private sealed class VersionListing(
        StoreClient client, string key, VersionListOptions options, IRequestContext context, CancellationToken cancellationToken) : IPageReader<StoreVersion>
    {
        private long _toSkip = options.Offset;
        private long _wanted = options.Limit ?? long.MaxValue;
        private Page? _last;

        public async Task<IReadOnlyList<StoreVersion>?> NextAsync()
        {
            while (_wanted > 0 && (_last is null || _last.NextKey is not null))
            {
                _last = await context.RequestAsync(stop => client.GetPageAsync(key, options.PageSize, _last, context.Log, stop), cancellationToken);
                int skipped = (int)Math.Min(_toSkip, _last.Versions.Count);
                int count = (int)Math.Min(_wanted, _last.Versions.Count - skipped);
                _toSkip -= skipped;
                _wanted -= count;
                if (count > 0)
                {
                    return _last.Versions.GetRange(skipped, count);
                }
            }

            return null;
        }

        public Task CloseAsync() => Task.CompletedTask;
    }
}
