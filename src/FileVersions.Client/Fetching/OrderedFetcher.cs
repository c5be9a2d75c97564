using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace FileVersions.Fetching;

/// <summary>
/// Works on many files at once and hands out what they give in the order in which the files were added. At most
/// <see cref="ThrottleLimit"/> requests run at a time, earlier files first, and only so many pages wait to be taken: a slow
/// reader slows the requests, and memory does not grow with the work.
/// </summary>
/// <remarks>One thread adds, takes and disposes. The work itself runs on the thread pool.</remarks>
/// <typeparam name="TItem">What is fetched.</typeparam>
public sealed class OrderedFetcher<TItem> : IDisposable
{
    private const int RoomPerPlace = 4;
    private const int FewestPages = 16;

    // Large pages are no reason to hold more: four of Box's largest keep a reader busy while the next ones come.
    private const int MostItems = 4000;

    // So many short waits in a row, and the reader naps, as long as that many events gather in a nap.
    private const int WaitsBeforeNap = 8;
    private const int FewestInNap = 4;

    private static readonly TimeSpan s_nap = TimeSpan.FromMilliseconds(1);

    // Half a millisecond: a wait that was shorter cost as much as it saved.
    private static readonly long s_shortWait = Stopwatch.Frequency / 2000;

    private readonly object _lock = new();
    private readonly Queue<Job> _jobs = new();
    private readonly SortedSet<Waiter> _waiters = new();
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _stopToken;
    private readonly int _mostPages;
    private long _nextSequence;
    private long _nextTicket;
    private int _running;
    private int _heldPages;
    private int _heldItems;
    private int _unfinished;
    private bool _disposed;

    // Disposed, and all that is under way has been told to end.
    private bool _stopped;
    private bool _readerWaits;

    // Of the reader: waits in a row that were short, whether the last one was a nap, and how much it took since.
    private int _shortWaits;
    private bool _napped;
    private int _taken;

    /// <summary>Makes a fetcher.</summary>
    /// <param name="throttleLimit">How many requests run at once, at least 1.</param>
    /// <param name="cancellationToken">Ends all work.</param>
    public OrderedFetcher(int throttleLimit, CancellationToken cancellationToken = default)
    {
        if (throttleLimit < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(throttleLimit));
        }

        ThrottleLimit = throttleLimit;
        _mostPages = Math.Max(FewestPages, throttleLimit * RoomPerPlace);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stopToken = _stop.Token;
        _stopToken.Register(WakeAll);
    }

    /// <summary>How many requests run at once.</summary>
    public int ThrottleLimit { get; }

    /// <summary>How many files are being worked on or wait to be taken.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _jobs.Count;
            }
        }
    }

    /// <summary>False when the reader must take before more can be added.</summary>
    public bool HasRoom => Count < _mostPages;

    /// <summary>Starts the work on a file. The reader sees to <see cref="HasRoom"/> first.</summary>
    /// <param name="target">What the file is called in the events.</param>
    /// <param name="work">Fetches the file's items and puts them out through the context.</param>
    public void Add(object target, Func<IFetchContext<TItem>, CancellationToken, Task> work)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                throw new ObjectDisposedException(nameof(OrderedFetcher<TItem>));
            }

            var job = new Job(this, target, _nextSequence++, work);
            _jobs.Enqueue(job);
            TakeTurn(job);
        }
    }

    /// <summary>Takes the next event, without waiting.</summary>
    /// <returns>False when the oldest file has nothing to give yet, or there is none.</returns>
    public bool TryTake(out FetchEvent<TItem> next) => Take(TimeSpan.Zero, out next) == TakeResult.Taken;

    /// <summary>Takes the next event and waits for it.</summary>
    /// <param name="patience">The longest wait; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="next">The event.</param>
    /// <exception cref="OperationCanceledException">The work was ended from outside.</exception>
    public TakeResult Take(TimeSpan patience, out FetchEvent<TItem> next)
    {
        lock (_lock)
        {
            while (true)
            {
                _stopToken.ThrowIfCancellationRequested();
                if (_jobs.Count == 0)
                {
                    next = default;
                    return TakeResult.Empty;
                }

                Job head = _jobs.Peek();
                if (head.Events.Count > 0)
                {
                    next = head.Events.Dequeue();
                    _taken++;
                    if (next.Items is not null)
                    {
                        _heldItems -= next.Items.Count;
                        ReleasePages(head, 1);
                    }
                    else
                    {
                        Dispatch();
                    }

                    return TakeResult.Taken;
                }

                if (head.IsFinished)
                {
                    _jobs.Dequeue();
                    ReleasePages(head, head.HeldPages);
                }
                else if (patience == TimeSpan.Zero || !WaitForHead(patience))
                {
                    next = default;
                    return TakeResult.TimedOut;
                }
            }
        }
    }

    /// <summary>Ends all requests in flight. What was not taken is dropped.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        _stop.Cancel();
        lock (_lock)
        {
            _jobs.Clear();
            _stopped = true;
            if (_unfinished == 0)
            {
                _stop.Dispose();
            }
        }
    }

    /// <summary>
    /// Waits until something of the oldest file comes. Where results come faster than a thread is woken, it lets some gather
    /// first: to be woken for each of them would cost more than they do.
    /// </summary>
    private bool WaitForHead(TimeSpan patience)
    {
        if (_napped && _taken < FewestInNap)
        {
            _shortWaits = 0;
        }

        _taken = 0;
        _napped = _shortWaits >= WaitsBeforeNap;
        if (_napped)
        {
            // Nobody wakes it but an early end.
            Monitor.Wait(_lock, s_nap);
            return true;
        }

        long start = Stopwatch.GetTimestamp();
        _readerWaits = true;
        bool isWoken = Monitor.Wait(_lock, patience);
        _readerWaits = false;
        _shortWaits = isWoken && Stopwatch.GetTimestamp() - start < s_shortWait ? _shortWaits + 1 : 0;
        return isWoken;
    }

    private async Task RunAsync(Job job)
    {
        FetchEvent<TItem>? failure = null;
        try
        {
            await job.Work(job, _stopToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopToken.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
#pragma warning disable CA1031 // Whatever it was, the reader's thread gets it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = FetchEvent<TItem>.OfError(job.Target, e);
        }

        lock (_lock)
        {
            if (failure is { } last)
            {
                job.Events.Enqueue(last);
            }

            job.IsFinished = true;
            _unfinished--;
            if (job.HasPlace)
            {
                // It ended without a request.
                job.HasPlace = false;
                _running--;
            }

            Dispatch();
            WakeReader(job);
            if (_stopped && _unfinished == 0)
            {
                _stop.Dispose();
            }
        }
    }

    private async Task<T> RequestAsync<T>(Job job, Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        await EnterAsync(job, cancellationToken).ConfigureAwait(false);
        bool succeeded = false;
        try
        {
            T result = await request(cancellationToken).ConfigureAwait(false);
            succeeded = true;
            return result;
        }
        finally
        {
            lock (_lock)
            {
                _running--;
                if (!succeeded)
                {
                    ReleasePages(job, 1);
                }

                Dispatch();
            }
        }
    }

    private Task EnterAsync(Job job, CancellationToken cancellationToken)
    {
        Waiter turn;
        Task started;
        lock (_lock)
        {
            // Inside the lock: whoever comes after WakeAll sees the cancellation, whoever comes before is woken by it.
            cancellationToken.ThrowIfCancellationRequested();
            if (job.HasPlace)
            {
                job.HasPlace = false;
                return Task.CompletedTask;
            }

            turn = TakeTurn(job);
            started = turn.Started.Task;
        }

        // What ends all work wakes all who wait; what ends one request only has to wake that one.
        return cancellationToken == _stopToken ? started : WaitForTurnAsync(turn, started, cancellationToken);
    }

    private async Task WaitForTurnAsync(Waiter turn, Task started, CancellationToken cancellationToken)
    {
        using (cancellationToken.Register(() => GiveUp(turn, cancellationToken)))
        {
            await started.ConfigureAwait(false);
        }
    }

    private void GiveUp(Waiter turn, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_waiters.Remove(turn))
            {
                return;
            }
        }

        turn.Started.TrySetCanceled(cancellationToken);
    }

    /// <summary>
    /// Takes a turn for a request, which may come at once. A file's work begins when it has its first place: the thread pool starts works in any
    /// order, and younger files could take all places, so that the oldest one, which the reader waits for, had none.
    /// </summary>
    private Waiter TakeTurn(Job job)
    {
        var turn = new Waiter(job, _nextTicket++);
        _waiters.Add(turn);
        Dispatch();
        return turn;
    }

    // The oldest file may go on without room when nothing of it waits to be taken: else no room would ever be made.
    private bool MayStart(Job job) =>
        _running < ThrottleLimit
        && ((_heldPages < _mostPages && _heldItems < MostItems) || (_jobs.Count > 0 && _jobs.Peek() == job && job.Events.Count == 0))
        && (ThrottleLimit > 1 || IsNext(job));

    // With a limit of one, files are worked on strictly one after another.
    private bool IsNext(Job job)
    {
        foreach (Job other in _jobs)
        {
            if (!other.IsFinished)
            {
                return other == job;
            }
        }

        return true;
    }

    private void Start(Job job)
    {
        _running++;
        _heldPages++;
        job.HeldPages++;
    }

    private void ReleasePages(Job job, int count)
    {
        job.HeldPages -= count;
        _heldPages -= count;
        Dispatch();
    }

    private void Dispatch()
    {
        while (_waiters.Count > 0 && _waiters.Min is { } first && MayStart(first.Job))
        {
            _waiters.Remove(first);
            Start(first.Job);
            if (first.Job.HasBegun)
            {
                first.Started.SetResult(true);
            }
            else
            {
                Begin(first.Job);
            }
        }
    }

    private void Begin(Job job)
    {
        job.HasBegun = true;
        job.HasPlace = true;
        _unfinished++;
        _ = Task.Run(() => RunAsync(job), CancellationToken.None);
    }

    private void WakeAll()
    {
        List<Waiter> waiters;
        lock (_lock)
        {
            waiters = [.. _waiters];
            _waiters.Clear();
            Monitor.PulseAll(_lock);
        }

        foreach (Waiter waiter in waiters)
        {
            waiter.Started.TrySetCanceled(_stopToken);
        }
    }

    private void Put(Job job, FetchEvent<TItem> next)
    {
        lock (_lock)
        {
            job.Events.Enqueue(next);
            _heldItems += next.Items?.Count ?? 0;
            WakeReader(job);
        }
    }

    // He waits for the oldest file alone: woken for every other one, he would cost more than the hand-over.
    private void WakeReader(Job job)
    {
        if (_readerWaits && _jobs.Peek() == job)
        {
            Monitor.PulseAll(_lock);
        }
    }

    private sealed class Job(
        OrderedFetcher<TItem> owner, object target, long sequence, Func<IFetchContext<TItem>, CancellationToken, Task> work) : IFetchContext<TItem>
    {
        public int ThrottleLimit => owner.ThrottleLimit;

        internal object Target { get; } = target;

        internal long Sequence { get; } = sequence;

        internal Queue<FetchEvent<TItem>> Events { get; } = new();

        internal Func<IFetchContext<TItem>, CancellationToken, Task> Work { get; } = work;

        internal int HeldPages { get; set; }

        internal bool HasBegun { get; set; }

        /// <summary>Whether a place is taken for its first request.</summary>
        internal bool HasPlace { get; set; }

        internal bool IsFinished { get; set; }

        public Task<T> RequestAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken) =>
            owner.RequestAsync(this, request, cancellationToken);

        public void Emit(IReadOnlyList<TItem> items) => owner.Put(this, FetchEvent<TItem>.OfItems(Target, items));

        public void Warn(string text) => owner.Put(this, FetchEvent<TItem>.OfWarning(Target, text));

        public void Log(string text) => owner.Put(this, FetchEvent<TItem>.OfLog(Target, text));
    }

    private sealed class Waiter(Job job, long ticket) : IComparable<Waiter>
    {
        private TaskCompletionSource<bool>? _started;

        internal Job Job { get; } = job;

        // Made for those who wait only: most turns begin a file's work, which nobody has to wake.
        internal TaskCompletionSource<bool> Started => _started ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int CompareTo(Waiter? other)
        {
            int byFile = Job.Sequence.CompareTo(other!.Job.Sequence);
            return byFile != 0 ? byFile : Ticket.CompareTo(other.Ticket);
        }

        private long Ticket { get; } = ticket;
    }
}
