using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.Box;

/// <summary>Special folders, such as unreadable ones. The first three digits of the id select the behaviour.</summary>
internal static class SpecialBoxFolders
{
    private const string Loop = "508";
    private const string Everything = "599";

    /// <summary>The number of requests that a folder whose id begins with 409 initially refuses.</summary>
    private const int BlockedRequests = 2;

    private static readonly (string Prefix, string Name)[] s_names =
        [("403", "Restricted"), ("404", "Removed"), ("409", "Being moved"), ("500", "Server trouble"), (Loop, "Shared with itself")];

    /// <summary>The special sub-folders of a folder, in addition to those of its tree.</summary>
    internal static (string Id, string Name)[] In(string id) => Prefix(id) switch
    {
        Loop => [(id, "Folder " + id)],
        Everything => [.. s_names.Select(special => (special.Prefix + id[3..], special.Name))],
        _ => [],
    };

    /// <summary>The error reply of a special folder; null for any other folder.</summary>
    /// <param name="id">The folder's id.</param>
    /// <param name="countRequest">Counts this request and returns the number of requests so far.</param>
    internal static Reply? Refuse(string id, Func<int> countRequest) => Prefix(id) switch
    {
        "403" => BoxErrors.AccessDenied(),
        "404" => BoxErrors.NotFound("folder", id),
        "409" when countRequest() <= BlockedRequests => BoxErrors.Blocked(),
        "500" => BoxErrors.OfStatus(500),
        _ => null,
    };

    private static string Prefix(string id) => id.Length >= 3 ? id[..3] : "";
}
