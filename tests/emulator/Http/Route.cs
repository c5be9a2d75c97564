using FileVersions.Emulator.Stats;

namespace FileVersions.Emulator.Http;

/// <summary>The target of a request, determined by its method and path.</summary>
/// <param name="Kind">The name in the statistics.</param>
/// <param name="FileId">The file id in the path, or null.</param>
internal readonly record struct Route(string Kind, string? FileId = null)
{
    internal static Route Of(Service service, string method, string[] path) => (service, method, path) switch
    {
        (Service.Token, _, _) => new("token"),
        (_, "GET", ["2.0", "users", "me"]) => new("users-me"),
        (Service.Box, "GET", ["2.0", "files", _]) => new("file", path[2]),
        (Service.Box, "DELETE", ["2.0", "files", _]) => new("trash", path[2]),
        (Service.Box, "GET", ["2.0", "events"]) => new("events"),
        (Service.Box, "GET", ["2.0", "folders", _]) => new("folder"),
        (Service.Box, "GET", ["2.0", "folders", _, "items"]) => new("items"),
        (Service.Box, "GET", ["2.0", "files", _, "content"]) => new("content", path[2]),
        (Service.Box, "POST", ["2.0", "files", _, "versions", "current"]) => new("promote", path[2]),
        (Service.Box, "PUT", ["2.0", "files", _, "versions", _]) => new("restore", path[2]),
        (Service.Box, "POST", ["api", "2.0", "files", _, "content"]) => new("upload", path[3]),
        (Service.Box, "POST", ["api", "2.0", "files", _, "upload_sessions"]) => new("session-create", path[3]),
        (Service.Box, "GET", ["api", "2.0", "files", "upload_sessions", _]) => new("session"),
        (Service.Box, "PUT", ["api", "2.0", "files", "upload_sessions", _]) => new("session-part"),
        (Service.Box, "DELETE", ["api", "2.0", "files", "upload_sessions", _]) => new("session-abort"),
        (Service.Box, "GET", ["api", "2.0", "files", "upload_sessions", _, "parts"]) => new("session-parts"),
        (Service.Box, "POST", ["api", "2.0", "files", "upload_sessions", _, "commit"]) => new("session-commit"),
        (Service.Ik, "POST", ["api", "v1", "files", "upload"]) => new("upload"),
        (Service.Ik, "PUT", ["v1", "files", _, "versions", _, "restore"]) => new("restore", path[2]),
        (Service.Ik, "GET", ["v1", "files"]) => new("assets"),
        (Service.Ik, "GET", ["v1", "files", _, "details"]) => new("details", path[2]),
        (Service.Box or Service.Ik, "GET", [_, "files", _, "versions"]) => new("list", path[2]),
        (Service.Box or Service.Ik, "GET", [_, "files", _, "versions", _]) => new("one", path[2]),
        (Service.Box or Service.Ik, "DELETE", [_, "files", _, "versions", _]) => new("delete", path[2]),
        (Service.Download, "GET" or "HEAD", ["d", "1", _, ..]) => new("download", path[2]),
        (Service.Download, "GET" or "HEAD", [_, _, ..]) => new("download", path[1]),
        _ => new("other"),
    };
}
