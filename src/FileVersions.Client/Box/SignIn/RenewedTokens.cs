using System;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace FileVersions.Box.SignIn;

/// <summary>
/// Tokens that are fetched when needed: ahead of their end, and after a refusal. However many workers wait for one, one request is
/// sent. A worker that gives up leaves the others' request alone; when the last one gives up, the request ends.
/// </summary>
internal sealed class RenewedTokens : ITokenSource
{
    // Of tokens that run out on their way. Each try needs a life shorter than the way takes, so this is never reached in practice.
    private const int MostRenewals = 10;

    private readonly object _lock = new();
    private readonly Func<Action<string>?, CancellationToken, Task<AccessToken>> _fetch;
    private AccessToken? _current;
    private Renewal? _renewal;

    internal RenewedTokens(Func<Action<string>?, CancellationToken, Task<AccessToken>> fetch) => _fetch = fetch;

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
        catch (FileVersionException e) when (!e.ConcernsAccount && StillGood() is { } token)
        {
            // It was asked for ahead of time: the old one serves until the next try.
            log?.Invoke(e.Message);
            return token.ToHeader();
        }
    }

    public async Task<bool> TryRenewAsync(AuthenticationHeaderValue refused, int renewals, Action<string>? log, CancellationToken cancellationToken)
    {
        Renewal renewal;
        lock (_lock)
        {
            if (renewals >= MostRenewals)
            {
                return false;
            }

            if (_current is null || !_current.Is(refused))
            {
                // Another worker has seen to it.
                return true;
            }

            // One that ran out on its way tells nothing about the account. Any other was good, as far as one could know: one fresh
            // one is worth a try, not two.
            if (renewals > 0 && !_current.HasRunOut)
            {
                return false;
            }

            _current = null;
            renewal = Join(log);
        }

        await WaitAsync(renewal, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private AccessToken? StillGood()
    {
        lock (_lock)
        {
            if (_current is null or { HasRunOut: true })
            {
                return null;
            }

            _current.PutOff();
            return _current;
        }
    }

    private Renewal Join(Action<string>? log)
    {
        if (_renewal is null)
        {
            var renewal = new Renewal();
            renewal.Token = Task.Run(() => RunAsync(renewal, log), CancellationToken.None);
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
            token = await _fetch(log, renewal.Stop.Token).ConfigureAwait(false);
            return token;
        }
        finally
        {
            lock (_lock)
            {
                // Unless the last waiter has gone and another renewal has begun.
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
        var given = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            using (cancellationToken.Register(() => given.TrySetResult(true)))
            {
                await Task.WhenAny(renewal.Token, given.Task).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
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

        // Nobody is left to hear how it ends.
        _ = renewal.Token.ContinueWith(
            ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        renewal.Stop.Cancel();
    }

    private sealed class Renewal
    {
        internal CancellationTokenSource Stop { get; } = new();

        internal Task<AccessToken> Token { get; set; } = null!;

        internal int Waiters { get; set; }
    }
}
