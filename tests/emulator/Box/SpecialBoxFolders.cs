using System;
using System.Linq;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.Box;

/// <summary>Folder ids that cause trouble: the first three digits tell which.</summary>
internal static class SpecialBoxFolders
{
    private const string Loop = "508";
    private const string Everything = "599";

    /// <summary>The number of requests that a folder with 409 in front refuses before it serves one.</summary>
    private const int BlockedRequests = 2;

    private static readonly (string Prefix, string Name)[] s_names =
        [("403", "Restricted"), ("404", "Removed"), ("409", "Being moved"), ("500", "Server trouble"), (Loop, "Shared with itself")];

    /// <summary>The special folders that a folder contains in addition to those of its tree.</summary>
    internal static (string Id, string Name)[] In(string id) => Prefix(id) switch
    {
        Loop => [(id, "Folder " + id)],
        Everything => [.. s_names.Select(special => (special.Prefix + id[3..], special.Name))],
        _ => [],
    };

    /// <summary>The error with which a folder answers; null when it answers as others do.</summary>
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
