using FileVersions.Box;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.ImageKit;
using FileVersions.Services;

namespace FileVersions.UnitTests.Support;

/// <summary>Clients for a server on loopback, with the credentials that the emulator accepts.</summary>
internal static class Clients
{
    internal static BoxClient Box(Uri address, int retries = 0) =>
        new(BoxConnection.FromAccessToken(new Secret("box-token"), address, options: new ConnectionOptions { MaximumRetryCount = retries }));

    internal static IKClient ImageKit(Uri address, int retries = 0) =>
        new(IKConnection.FromPrivateKey(new Secret("private_test"), address, new ConnectionOptions { MaximumRetryCount = retries }));

    /// <summary>Lists the versions of files and returns all output, errors and warnings included.</summary>
    internal static Task<Listing<TVersion>> ListAsync<TVersion>(
        this IVersionService<TVersion> service, IEnumerable<string> fileIds, VersionListOptions? options = null, int throttleLimit = 8)
        where TVersion : class, IFileVersion =>
        RunAsync<TVersion>(
            fileIds, (fileId, context, stop) => service.FetchVersionsAsync(fileId, options ?? new VersionListOptions(), context, stop), throttleLimit);

    /// <summary>Runs work on files and returns all output.</summary>
    internal static async Task<Listing<TItem>> RunAsync<TItem>(
        IEnumerable<string> fileIds, Func<string, IFetchContext<TItem>, System.Threading.CancellationToken, Task> work, int throttleLimit = 8)
    {
        using var fetcher = new OrderedFetcher<TItem>(throttleLimit);
        var events = new List<FetchEvent<TItem>>();
        foreach (string fileId in fileIds)
        {
            while (!fetcher.HasRoom && await fetcher.TakeAsync() is { } next)
            {
                events.Add(next);
            }

            fetcher.Add(fileId, (context, stop) => work(fileId, context, stop));
        }

        while (await fetcher.TakeAsync() is { } next)
        {
            events.Add(next);
        }

        return new Listing<TItem>(events);
    }
}
