using FileVersions.Http;

namespace FileVersions.UnitTests.Support;

/// <summary>
/// A clock that advances only when a test advances it. With <see cref="AutoAdvance"/>, each delay advances it by its own length and
/// completes immediately, so that no test waits.
/// </summary>
internal sealed class FakeClock : IClock
{
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private readonly List<TimeSpan> _delays = [];
    private TaskCompletionSource _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _returnedCount;
    private TimeSpan _elapsed;

    internal DateTimeOffset Start { get; init; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    internal bool AutoAdvance { get; init; }

    /// <summary>Whether waiting code continues on the thread that advances the clock, which makes the order deterministic.</summary>
    internal bool IsSingleThreaded { get; init; }

    /// <summary>All requested delays, in order.</summary>
    internal IReadOnlyList<TimeSpan> Delays
    {
        get
        {
            lock (_lock)
            {
                return [.. _delays];
            }
        }
    }

    /// <summary>The time since the clock was created.</summary>
    internal TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
            {
                return _elapsed;
            }
        }
    }

    public DateTimeOffset UtcNow => Start + Elapsed;

    public long GetTimestamp() => Elapsed.Ticks;

    public TimeSpan GetElapsedTime(long startingTimestamp) => TimeSpan.FromTicks(Elapsed.Ticks - startingTimestamp);

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        var completion = new TaskCompletionSource(
            IsSingleThreaded ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _delays.Add(delay);
            _requested.SetResult();
            _requested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (AutoAdvance || delay <= TimeSpan.Zero)
            {
                completion.SetResult();
            }
            else
            {
                _timers.Add(new Timer(_elapsed + delay, completion, () => completion.TrySetResult()));
            }
        }

        if (AutoAdvance)
        {
            Advance(delay);
        }

        cancellationToken.Register(() => completion.TrySetCanceled(cancellationToken));
        return completion.Task;
    }

    public void CancelAfter(CancellationTokenSource source, TimeSpan delay)
    {
        lock (_lock)
        {
            _timers.RemoveAll(timer => timer.Owner == source);
            _timers.Add(new Timer(_elapsed + delay, source, () => Cancel(source)));
        }
    }

    /// <summary>Waits for the next requested delay that was not returned before.</summary>
    internal async Task<TimeSpan> NextDelayAsync()
    {
        while (true)
        {
            Task requested;
            lock (_lock)
            {
                if (_returnedCount < _delays.Count)
                {
                    return _delays[_returnedCount++];
                }

                requested = _requested.Task;
            }

            await requested.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>Advances the clock and completes due delays in order of their time.</summary>
    internal void Advance(TimeSpan time)
    {
        TimeSpan end = Elapsed + time;
        while (true)
        {
            Timer? due;
            lock (_lock)
            {
                due = _timers.Where(timer => timer.At <= end).MinBy(timer => timer.At);
                if (due is null)
                {
                    // Another thread may have advanced the clock further.
                    _elapsed = end > _elapsed ? end : _elapsed;
                    return;
                }

                _timers.Remove(due);
                _elapsed = due.At > _elapsed ? due.At : _elapsed;
            }

            due.Fire();
        }
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The code under test completed before the timeout and disposed its source.
        }
    }

    private sealed record Timer(TimeSpan At, object Owner, Action Fire);
}
