using System;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Fetching;
using FileVersions.ImageKit;
using FileVersions.Services;

namespace FileVersions.PS.Completion;

/// <summary>Offers the versions of the file in ImageKit that the line names.</summary>
public sealed class IKVersionIdCompleter : VersionIdCompleter<IKFileVersion, IKConnection>
{
    private protected override string? IdOf(IKFileVersion version) => version.VersionId;

    private protected override string Label(IKFileVersion version) =>
        version.VersionName is null ? version.VersionId! : $"{version.VersionId} ({version.VersionName})";

    private protected override Func<IFetchContext<IKFileVersion>, CancellationToken, Task> List(IKConnection connection, string fileId, string? asUser)
    {
        var client = new IKClient(connection);
        var options = new VersionListOptions { Limit = MostVersions };
        return (context, stop) => client.FetchVersionsAsync(fileId, options, context, stop);
    }
}
