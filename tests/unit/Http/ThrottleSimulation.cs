using FileVersions.Http.Throttling;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Http;

/// <summary>Simulates workers that send requests through a throttle to a service with a limit, in virtual time. The result is deterministic.</summary>
/// <param name="limit">The limit.</param>
/// <param name="inWholeSeconds">Whether the service states delays in whole seconds, as Box does; otherwise in milliseconds.</param>
internal sealed class ThrottleSimulation(ServiceLimit limit, bool inWholeSeconds)
{
    private readonly FakeClock _clock = new() { IsSingleThreaded = true };
    private readonly Random _latencies = new(1);

    internal int Accepted { get; private set; }

    internal int Refused { get; private set; }

    /// <summary>The share of all requests that the service refused.</summary>
    internal double RefusedShare => (double)Refused / (Accepted + Refused);

    /// <summary>The longest duration of a request, including pauses and retries.</summary>
    internal TimeSpan MaxWait { get; private set; }

    /// <summary>The number of accepted requests relative to what the limit and the latency permit. The first burst can raise it slightly above 1.</summary>
    internal double Utilization { get; private set; }

    /// <summary>Runs one or more independent processes.</summary>
    internal Task RunAsync(int concurrency, TimeSpan latency, TimeSpan duration, int processes = 1) => Task.Run(() =>
    {
        // A pool thread has no synchronization context, so all code runs on this thread in virtual time order.
        for (int process = 0; process < processes; process++)
        {
            _ = StartAsync(new Throttle(_clock), concurrency, latency);
        }

        _clock.Advance(duration);
        double permitted = Math.Min(limit.PermittedIn(duration), processes * concurrency * duration / latency);
        Utilization = Accepted / permitted;
    });

    // A single request precedes the many, such as the one that reads the root folder.
    private async Task StartAsync(Throttle throttle, int concurrency, TimeSpan latency)
    {
        await TrySendAsync(throttle, latency).ConfigureAwait(false);
        await _clock.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None).ConfigureAwait(false);
        for (int worker = 0; worker < concurrency; worker++)
        {
            _ = WorkAsync(throttle, latency);
        }
    }

    private async Task WorkAsync(Throttle throttle, TimeSpan latency)
    {
        while (true)
        {
            TimeSpan start = _clock.Elapsed;
            while (!await TrySendAsync(throttle, latency * (0.7 + (0.6 * _latencies.NextDouble()))).ConfigureAwait(false))
            {
            }

            TimeSpan wait = _clock.Elapsed - start;
            MaxWait = wait > MaxWait ? wait : MaxWait;
        }
    }

    private async Task<bool> TrySendAsync(Throttle throttle, TimeSpan latency)
    {
        int reductions = await throttle.AcquireAsync(null, CancellationToken.None).ConfigureAwait(false);
        await _clock.Delay(latency / 2, CancellationToken.None).ConfigureAwait(false);
        TimeSpan? untilNext = limit.TryAccept(_clock.Elapsed);
        Accepted += untilNext is null ? 1 : 0;
        Refused += untilNext is null ? 0 : 1;
        await _clock.Delay(latency / 2, CancellationToken.None).ConfigureAwait(false);
        if (untilNext is not { } time)
        {
            throttle.OnAccepted();
            return true;
        }

        TimeSpan delay = inWholeSeconds
            ? TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(time.TotalSeconds)))
            : TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds));
        throttle.OnRefused(reductions, delay);
        await _clock.Delay(delay, CancellationToken.None).ConfigureAwait(false);
        return false;
    }
}
