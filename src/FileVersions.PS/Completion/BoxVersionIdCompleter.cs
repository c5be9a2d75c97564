using System;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Box;
using FileVersions.Fetching;

namespace FileVersions.PS.Completion;

/// <summary>Offers the versions of the file in Box that the line names, the current one first.</summary>
public sealed class BoxVersionIdCompleter : VersionIdCompleter<BoxFileVersion, BoxConnection>
{
    private protected override string? IdOf(BoxFileVersion version) => version.VersionId;

    private protected override string Label(BoxFileVersion version) =>
        version.VersionNumber is null ? version.VersionId! : $"{version.VersionId} ({version.VersionNumber})";

    private protected override Func<IFetchContext<BoxFileVersion>, CancellationToken, Task> List(BoxConnection connection, string fileId, string? asUser)
    {
        var client = new BoxClient(connection);
        var list = new BoxListOptions { Limit = MostVersions, PageSize = MostVersions, IncludeCurrent = true };
        var request = new BoxRequestOptions { AsUser = asUser };
        return (context, stop) => client.ListVersionsAsync(fileId, list, request, context, stop);
    }
}
