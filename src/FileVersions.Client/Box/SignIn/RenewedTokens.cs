using System.Net.Http.Headers;

namespace FileVersions.Box.SignIn;

/// <summary>
/// Tokens that are requested when needed: shortly before they expire, and after a rejection. All requests that need a token wait for the same
/// token request. It is cancelled when all of them are cancelled.
/// </summary>
internal sealed class RenewedTokens(Func<Action<string>?, CancellationToken, Task<AccessToken>> fetch) : ITokenSource
{
    // A token may expire in transit. Only tokens with a shorter lifetime than a request takes reach this limit.
    private const int MaxRenewals = 10;

    private readonly object _lock = new();
    private AccessToken? _current;
    private Renewal? _renewal;

    public DateTimeOffset? ExpiresAt
    {
        get
        {
            lock (_lock)
            {
                return _current?.ExpiresAt;
            }
        }
    }

    public async Task<AuthenticationHeaderValue> GetAsync(Action<string>? log, CancellationToken cancellationToken)
    {
        Renewal renewal;
        lock (_lock)
        {
            if (_current is { IsDue: false } good)
            {
                return good.ToHeader();
            }

            renewal = Join(log);
        }

        try
        {
            return (await WaitAsync(renewal, cancellationToken).ConfigureAwait(false)).ToHeader();
        }
        catch (FileVersionException e) when (!e.IsAccountError && DeferRenewal() is { } token)
        {
            // The old token is still valid. Try to renew it later.
            log?.Invoke(e.Message);
            return token.ToHeader();
        }
    }

    public async Task<bool> TryRenewAsync(AuthenticationHeaderValue rejected, int renewalCount, Action<string>? log, CancellationToken cancellationToken)
    {
        Renewal renewal;
        lock (_lock)
        {
            if (renewalCount >= MaxRenewals)
            {
                return false;
            }

            if (_current is null || !_current.Matches(rejected))
            {
                // It was already replaced for another request.
                return true;
            }

            // The service rejects a new token that has not expired, so another new token would not help.
            if (renewalCount > 0 && !_current.IsExpired)
            {
                return false;
            }

            _current = null;
            renewal = Join(log);
        }

        await WaitAsync(renewal, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private AccessToken? DeferRenewal()
    {
        lock (_lock)
        {
            if (_current is null or { IsExpired: true })
            {
                return null;
            }

            _current.DeferRenewal();
            return _current;
        }
    }

    private Renewal Join(Action<string>? log)
    {
        if (_renewal is null)
        {
            var renewal = new Renewal();
            renewal.Token = Task.Run(() => RunAsync(renewal, log), CancellationToken.None);

            // The requests that wait for the token may all be cancelled.
            _ = renewal.Token.WhenEndedAsync();
            _renewal = renewal;
        }

        _renewal.Waiters++;
        return _renewal;
    }

    private async Task<AccessToken> RunAsync(Renewal renewal, Action<string>? log)
    {
        AccessToken? token = null;
        try
        {
            token = await fetch(log, renewal.Stop.Token).ConfigureAwait(false);
            return token;
        }
        finally
        {
            lock (_lock)
            {
                // All waiters may have been cancelled, and another renewal started since.
                if (_renewal == renewal)
                {
                    _renewal = null;
                    _current = token ?? _current;
                }
            }
        }
    }

    private async Task<AccessToken> WaitAsync(Renewal renewal, CancellationToken cancellationToken)
    {
        try
        {
            await renewal.Token.WaitForEndAsync(cancellationToken).ConfigureAwait(false);
            return await renewal.Token.ConfigureAwait(false);
        }
        finally
        {
            Leave(renewal);
        }
    }

    private void Leave(Renewal renewal)
    {
        lock (_lock)
        {
            if (--renewal.Waiters > 0 || renewal.Token.IsCompleted)
            {
                return;
            }

            if (_renewal == renewal)
            {
                _renewal = null;
            }
        }

        renewal.Stop.Cancel();
    }

    private sealed class Renewal
    {
        internal CancellationTokenSource Stop { get; } = new();

        internal Task<AccessToken> Token { get; set; } = null!;

        internal int Waiters { get; set; }
    }
}
