namespace FileVersions.Fetching;

/// <summary>
/// Starts work and its requests in input order, at most <c>maxRequests</c> of each at a time and only while there is room for
/// the results.
/// </summary>
/// <remarks>
/// Work starts with its first request slot reserved. The thread pool starts tasks in any order, so without the reservation the
/// requests of later files could take every slot and delay the file whose output is needed next.
/// </remarks>
internal sealed class RequestScheduler
{
    private readonly object _lock = new();
    private readonly SortedSet<Waiter> _waiters = new();
    private readonly int _maxRequests;
    private readonly CancellationToken _stop;
    private long _nextTicket;
    private int _activeRequests;
    private int _activeWork;

    internal RequestScheduler(int maxRequests, CancellationToken stop)
    {
        _maxRequests = maxRequests;
        _stop = stop;
        stop.Register(CancelWaiters);
    }

    /// <summary>Adds work, which starts as soon as there is a slot for its first request.</summary>
    internal void Add(ScheduledWork work)
    {
        lock (_lock)
        {
            _waiters.Add(new Waiter(work, _nextTicket++, started: null));
            StartWaiters();
        }
    }

    /// <summary>Waits for a slot and runs a request of work that has started.</summary>
    internal async Task<T> RunAsync<T>(
        ScheduledWork work, Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken, bool hasOutput = true)
    {
        await WaitForSlotAsync(work, cancellationToken).ConfigureAwait(false);
        bool keepsRoom = false;
        try
        {
            T result = await request(cancellationToken).ConfigureAwait(false);
            keepsRoom = hasOutput;
            return result;
        }
        finally
        {
            lock (_lock)
            {
                _activeRequests--;
                if (!keepsRoom)
                {
                    work.ReleaseRoom();
                }

                StartWaiters();
            }
        }
    }

    /// <summary>Starts as much as slots and room allow. To be called whenever output has been taken.</summary>
    internal void StartWaiters()
    {
        lock (_lock)
        {
            while (_activeRequests < _maxRequests && _waiters.Min is { } first && MayStart(first.Work))
            {
                _waiters.Remove(first);
                _activeRequests++;
                if (first.Started is not null)
                {
                    first.Started.SetResult(true);
                }
                else
                {
                    _activeWork++;
                    first.Work.State = WorkState.Starting;
                    _ = Task.Run(() => RunAsync(first.Work), CancellationToken.None);
                }
            }
        }
    }

    private bool MayStart(ScheduledWork work) =>
        (work.State != WorkState.Waiting || _activeWork < _maxRequests) && work.TryReserveRoom();

    private async Task RunAsync(ScheduledWork work)
    {
        await work.RunAsync().ConfigureAwait(false);
        lock (_lock)
        {
            if (work.State == WorkState.Starting)
            {
                // It completed without a request.
                _activeRequests--;
            }

            work.State = WorkState.Finished;
            _activeWork--;
            StartWaiters();
        }
    }

    private Task WaitForSlotAsync(ScheduledWork work, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> started;
        Waiter waiter;
        lock (_lock)
        {
            // Checked under the lock, so that a waiter added during CancelWaiters is not lost.
            cancellationToken.ThrowIfCancellationRequested();
            if (work.State == WorkState.Starting)
            {
                work.State = WorkState.Running;
                return Task.CompletedTask;
            }

            started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiter = new Waiter(work, _nextTicket++, started);
            _waiters.Add(waiter);
            StartWaiters();
        }

        return cancellationToken == _stop ? started.Task : WaitAsync(waiter, started, cancellationToken);
    }

    private async Task WaitAsync(Waiter waiter, TaskCompletionSource<bool> started, CancellationToken cancellationToken)
    {
        using (cancellationToken.Register(Cancel))
        {
            await started.Task.ConfigureAwait(false);
        }

        void Cancel()
        {
            lock (_lock)
            {
                if (!_waiters.Remove(waiter))
                {
                    return;
                }
            }

            started.TrySetCanceled(cancellationToken);
        }
    }

    private void CancelWaiters()
    {
        List<Waiter> waiters;
        lock (_lock)
        {
            waiters = [.. _waiters];
            _waiters.Clear();
        }

        foreach (Waiter waiter in waiters)
        {
            waiter.Started?.TrySetCanceled(_stop);
        }
    }

    /// <param name="work">The work.</param>
    /// <param name="ticket">Orders the requests of the same work.</param>
    /// <param name="started">Signals the start of a request; null for work that has not started.</param>
    private sealed class Waiter(ScheduledWork work, long ticket, TaskCompletionSource<bool>? started) : IComparable<Waiter>
    {
        internal ScheduledWork Work { get; } = work;

        internal TaskCompletionSource<bool>? Started { get; } = started;

        private long Ticket { get; } = ticket;

        public int CompareTo(Waiter? other)
        {
            int byOrder = Work.Order.CompareTo(other!.Work.Order);
            return byOrder != 0 ? byOrder : Ticket.CompareTo(other.Ticket);
        }
    }
}
