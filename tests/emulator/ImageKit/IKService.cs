using System.Globalization;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;
using FileVersions.Emulator.Limits;

namespace FileVersions.Emulator.ImageKit;

/// <summary>ImageKit's API, below <c>/v1</c>: authentication, rate limit and routing.</summary>
internal sealed class IKService(FixedWindowLimiter limiter, IKReads reads, IKChanges changes, IKUploads uploads)
{
    /// <summary>Uploads do not count towards the rate limit.</summary>
    internal async ValueTask<Reply> HandleAsync(Call call)
    {
        if (SignIn(call, out Account account) is { } unknown)
        {
            return unknown;
        }

        return call.Exchange.Kind == "upload" ? await uploads.UploadAsync(call, account) : Limit(call, account) ?? Route(call, account);
    }

    private Reply Route(Call call, Account account)
    {
        string[] path = call.Segments;
        return call.Exchange.Kind switch
        {
            "assets" => reads.Assets(call, account),
            "details" => reads.Details(call, account, path[2]),
            "list" => reads.List(call, account, path[2]),
            "one" => reads.One(call, account, path[2], path[4]),
            "delete" => changes.Delete(call, path[2], path[4]),
            "restore" => changes.Restore(call, account, path[2], path[4]),
            _ => IKErrors.NoSuchEndpoint(),
        };
    }

    /// <summary>HTTP Basic with the private key as the user name. The password is ignored, because ImageKit's own SDK sends one.</summary>
    private static Reply? SignIn(Call call, out Account account)
    {
        account = null!;
        string? header = call.Header("Authorization");
        if (header is null || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return IKErrors.KeyMissing();
        }

        string[] credential = BasicCredential.Decode(header).Split(':', 2);
        if (credential.Length < 2 || IKAccounts.OfKey(credential[0]) is not { } owner)
        {
            return IKErrors.KeyWrong();
        }

        account = owner;
        call.Exchange.Account = account.Id;
        return null;
    }

    private Reply? Limit(Call call, Account account)
    {
        if (call.Settings.IkRateLimit is not { } limit || limiter.TryEnter(account.Id, limit) is not { } wait)
        {
            return null;
        }

        return IKErrors.TooManyRequests()
            .With("X-RateLimit-Limit", limit.PerWindow.ToString(CultureInfo.InvariantCulture))
            .With("X-RateLimit-Reset", Math.Ceiling(wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture))
            .With("X-RateLimit-Interval", limit.WindowMs.ToString(CultureInfo.InvariantCulture));
    }
}
