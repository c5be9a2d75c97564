using System;
using System.Threading;
using System.Threading.Tasks;

namespace FileVersions.Http;

/// <summary>Through this every request of an account goes, so that one "too many requests" makes all of them wait.</summary>
internal sealed class AccountGate
{
    private long _closedUntil;

    /// <summary>Waits while the gate is closed.</summary>
    internal async Task EnterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            long wait = Volatile.Read(ref _closedUntil) - DateTime.UtcNow.Ticks;
            if (wait <= 0)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromTicks(wait), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Closes the gate for a time; a longer closing stays.</summary>
    internal void Close(TimeSpan wait)
    {
        long until = (DateTime.UtcNow + wait).Ticks;
        long current;
        do
        {
            current = Volatile.Read(ref _closedUntil);
        }
        while (until > current && Interlocked.CompareExchange(ref _closedUntil, until, current) != current);
    }
}
