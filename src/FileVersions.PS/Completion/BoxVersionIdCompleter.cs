using System;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Box;
using FileVersions.Fetching;
using FileVersions.Services;

namespace FileVersions.PS.Completion;

/// <summary>Offers the versions of the file in Box that the line names, the current one first.</summary>
public sealed class BoxVersionIdCompleter : VersionIdCompleter<BoxFileVersion, BoxConnection>
{
    private protected override string? IdOf(BoxFileVersion version) => version.VersionId;

    private protected override string Label(BoxFileVersion version) =>
        version.VersionNumber is null ? version.VersionId! : $"{version.VersionId} ({version.VersionNumber})";

    private protected override Func<IFetchContext<BoxFileVersion>, CancellationToken, Task> List(BoxConnection connection, string fileId, string? asUser)
    {
        var client = new BoxClient(connection.ForUser(asUser));
        var options = new VersionListOptions { Limit = MostVersions, PageSize = MostVersions, IncludeCurrent = true };
        return (context, stop) => client.FetchVersionsAsync(fileId, options, context, stop);
    }
}
