using System;
using System.Globalization;
using System.Text;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;
using FileVersions.Emulator.Limits;

namespace FileVersions.Emulator.ImageKit;

/// <summary>ImageKit's file-version API, below <c>/v1</c>: who may, and what is asked for.</summary>
internal sealed class IKService(FixedWindowLimiter limiter, IKReads reads, IKChanges changes)
{
    private static readonly Account s_demo = new("demo", "Demo", "demo@example.com");
    private static readonly Account s_other = new("other", "Other", "other@example.com");

    internal Reply Handle(Call call) => SignIn(call, out Account account) ?? Limit(call, account) ?? Route(call, account);

    private Reply Route(Call call, Account account)
    {
        string[] path = call.Segments;
        return call.Exchange.Kind switch
        {
            "assets" => reads.Assets(call, account),
            "list" => reads.List(call, account, path[2]),
            "one" => reads.One(call, account, path[2], path[4]),
            "delete" => changes.Delete(call, path[2], path[4]),
            "restore" => changes.Restore(call, account, path[2], path[4]),
            _ => IKErrors.NoSuchEndpoint(),
        };
    }

    /// <summary>HTTP Basic: the private key is the user. The service ignores the password; its own SDK sends one.</summary>
    private static Reply? SignIn(Call call, out Account account)
    {
        account = s_demo;
        string? header = call.Header("Authorization");
        if (header is null || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return IKErrors.KeyMissing();
        }

        string[] credential = BasicCredential.Decode(header).Split(':', 2);
        switch (credential.Length == 2 ? Account.WithoutTail(credential[0]) : null)
        {
            case "private_test":
                break;
            case "private_other":
                account = s_other;
                break;
            default:
                return IKErrors.KeyWrong();
        }

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
