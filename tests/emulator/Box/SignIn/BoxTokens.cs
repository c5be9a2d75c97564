using System.Collections.Concurrent;
using System.Security.Cryptography;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Box;

/// <summary>The state of a bearer token.</summary>
internal enum TokenStanding
{
    Good,
    Unknown,
    Expired,
    WithoutScope,
}

/// <summary>Access and refresh tokens.</summary>
internal sealed class BoxTokens
{
    /// <summary>The initial refresh token. It works once.</summary>
    internal const string FirstRefreshToken = "box-refresh";

    private readonly ConcurrentDictionary<string, Issued> _access = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Account> _refresh = new(StringComparer.Ordinal);

    internal BoxTokens() => Reset();

    internal (TokenStanding Standing, Account? Account) Check(string token)
    {
        switch (Account.WithoutSuffix(token))
        {
            case "box-token": return (TokenStanding.Good, Account.Ada);
            case "box-token-2": return (TokenStanding.Good, Account.Ben);
            case "box-expired": return (TokenStanding.Expired, null);
            case "box-noscope": return (TokenStanding.WithoutScope, Account.Ada);
        }

        if (!_access.TryGetValue(token, out Issued? issued))
        {
            return (TokenStanding.Unknown, null);
        }

        return Environment.TickCount64 < issued.ExpiresAt ? (TokenStanding.Good, issued.Account) : (TokenStanding.Expired, null);
    }

    /// <summary>Issues an access token that expires after <paramref name="lifeMs"/> milliseconds.</summary>
    internal string Issue(Account account, long lifeMs)
    {
        string token = NewToken();
        _access[token] = new Issued(account, Environment.TickCount64 + lifeMs);
        return token;
    }

    internal string IssueRefresh(Account account)
    {
        string token = NewToken();
        _refresh[token] = account;
        return token;
    }

    /// <summary>Consumes a refresh token. Returns null if it is unknown or already used.</summary>
    internal Account? Redeem(string refreshToken) => _refresh.TryRemove(refreshToken, out Account? account) ? account : null;

    /// <summary>Expires every issued access token.</summary>
    internal void ExpireAll()
    {
        foreach (KeyValuePair<string, Issued> token in _access)
        {
            _access[token.Key] = token.Value with { ExpiresAt = 0 };
        }
    }

    internal void Reset()
    {
        _access.Clear();
        _refresh.Clear();
        _refresh[FirstRefreshToken] = Account.Ada;
    }

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    private sealed record Issued(Account Account, long ExpiresAt);
}
