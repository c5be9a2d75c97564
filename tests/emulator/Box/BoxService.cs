using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;
using FileVersions.Emulator.Limits;

namespace FileVersions.Emulator.Box;

/// <summary>Box's API, below <c>/2.0</c>: checks the caller and passes the request on.</summary>
internal sealed class BoxService(BoxTokens tokens, SlidingWindowLimiter limiter, BoxReads reads, BoxFolderReads folders, BoxEvents events, BoxChanges changes, BoxDownloads downloads, BoxUploads uploads)
{
    internal ValueTask<Reply> HandleAsync(Call call)
    {
        if (SignIn(call, out Account account) is { } unknown)
        {
            return ValueTask.FromResult(unknown);
        }

        if (call.Segments[0] == "api")
        {
            return uploads.HandleAsync(call, account);
        }

        return Limit(call, account) is { } limited ? ValueTask.FromResult(limited) : RouteAsync(call, account);
    }

    private async ValueTask<Reply> RouteAsync(Call call, Account account)
    {
        string[] path = call.Segments;
        return call.Exchange.Kind switch
        {
            "users-me" => Me(call, account),
            "file" => reads.File(call, account, path[2]),
            "folder" => folders.Folder(call, account, path[2]),
            "events" => events.List(call, account),
            "items" => folders.Items(call, account, path[2]),
            "list" => reads.List(call, account, path[2]),
            "one" => reads.One(call, account, path[2], path[4]),
            "content" => downloads.Redirect(call, path[2]),
            "trash" => changes.Trash(call, account, path[2]),
            "delete" => changes.Delete(call, account, path[2], path[4]),
            "restore" => await changes.RestoreAsync(call, account, path[2], path[4]),
            "promote" => await changes.PromoteAsync(call, account, path[2]),
            _ => path switch
            {
                ["2.0", "users", "me"] or ["2.0", "events"] or ["2.0", "folders", _] or ["2.0", "folders", _, "items"] or ["2.0", "files", _, "versions" or "content"] => BoxErrors.MethodNotAllowed("GET"),
                ["2.0", "files", _] => BoxErrors.MethodNotAllowed("GET, DELETE"),
                ["2.0", "files", _, "versions", "current"] => BoxErrors.MethodNotAllowed("POST"),
                ["2.0", "files", _, "versions", _] => BoxErrors.MethodNotAllowed("GET, DELETE, PUT"),
                _ => new Reply(404),
            },
        };
    }

    private static Reply Me(Call call, Account account) => BoxReplies.Json(200, call.Settings, account, 256, json => json.UserObject(account));

    private Reply? SignIn(Call call, out Account account)
    {
        account = null!;
        string? header = call.Header("Authorization");
        if (header is null || !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return BoxErrors.Challenge(401);
        }

        (TokenStanding standing, Account? owner) = tokens.Check(header["Bearer ".Length..].Trim());
        switch (standing)
        {
            case TokenStanding.Unknown:
                return BoxErrors.Challenge(401, "invalid_token", "The access token provided is invalid.");
            case TokenStanding.Expired:
                return BoxErrors.Challenge(401, "invalid_token", "The access token provided has expired.");
            case TokenStanding.WithoutScope:
                return BoxErrors.Challenge(403, "insufficient_scope", "The request requires higher privileges than provided by the access token.");
        }

        account = owner!;
        call.Exchange.Account = account.Id;
        if (call.Header("As-User") is not { } asUser)
        {
            return null;
        }

        call.Exchange.AsUser = asUser;
        account = Account.OfUser(asUser);
        return asUser == "403403" ? BoxErrors.AccessDenied() : null;
    }

    private Reply? Limit(Call call, Account account)
    {
        if (call.Settings.BoxRateLimit is not { } limit || limiter.TryEnter(account.Id, limit) is not { } wait)
        {
            return null;
        }

        return BoxErrors.TooManyRequests(limit.RetryAfter(wait));
    }
}
