namespace FileVersions.Fetching;

/// <summary>
/// Works on many files concurrently and returns their output in the order in which the files were added. Slow reading slows the
/// requests, so memory use does not grow with the number of files.
/// </summary>
/// <remarks>One thread at a time adds, takes and disposes. The work itself runs on the thread pool.</remarks>
/// <typeparam name="TItem">The type of the items that the work produces.</typeparam>
public sealed class OrderedFetcher<TItem> : IDisposable
{
    private const int PagesPerRequest = 4;
    private const int MinPages = 16;

    // Four of Box's largest pages keep a reader busy while the next ones arrive.
    private const int MaxItems = 4000;

    private readonly Dictionary<string, Task> _lastByKey = new(StringComparer.Ordinal);
    private readonly OrderedOutput<TItem> _output;
    private readonly RequestScheduler _scheduler;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenRegistration _callerStop;
    private readonly int _maxFiles;
    private long _nextOrder;
    private bool _disposed;

    /// <summary>Creates a fetcher.</summary>
    /// <param name="throttleLimit">The maximum number of concurrent requests. At least 1.</param>
    /// <param name="cancellationToken">Cancels all work.</param>
    public OrderedFetcher(int throttleLimit, CancellationToken cancellationToken = default)
    {
        if (throttleLimit < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(throttleLimit));
        }

        ThrottleLimit = throttleLimit;
        _maxFiles = Math.Max(MinPages, throttleLimit * PagesPerRequest);
        _callerStop = cancellationToken.Register(_stop.Cancel);
        _output = new OrderedOutput<TItem>(_maxFiles, MaxItems);
        _scheduler = new RequestScheduler(throttleLimit, _stop.Token);
    }

    /// <summary>The maximum number of concurrent requests.</summary>
    public int ThrottleLimit { get; }

    /// <summary>Whether the output includes log lines. If not, no line is composed.</summary>
    public bool HasLog { get; init; } = true;

    /// <summary>The number of files that are in progress or have output to be taken.</summary>
    public int Count => _output.Count;

    /// <summary>False if output should be taken before the next file is added.</summary>
    public bool HasRoom => Count < _maxFiles;

    /// <summary>Adds a file.</summary>
    /// <param name="target">Identifies the file in the output.</param>
    /// <param name="work">Fetches the file's items and emits them through its context.</param>
    /// <param name="key">Work with the same key runs one after the other, in the order in which it was added; null if the order does not matter.</param>
    public void Add(object target, Func<IFetchContext<TItem>, CancellationToken, Task> work, string? key = null)
    {
        if (_disposed)
        {
            throw new ObjectDisposedException(nameof(OrderedFetcher<TItem>));
        }

        _scheduler.Add(new Work(this, target, _nextOrder++, key is null ? work : InKeyOrder(key, work)));
    }

    /// <summary>Takes the next output without waiting.</summary>
    /// <returns>False if there is none yet, or no work is left.</returns>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public bool TryTake(out FetchEvent<TItem> next) => Take(TimeSpan.Zero, out next) == TakeResult.Taken;

    /// <summary>Waits for the next output and takes it.</summary>
    /// <param name="timeout">The maximum time to wait, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="next">The output.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public TakeResult Take(TimeSpan timeout, out FetchEvent<TItem> next)
    {
        while (true)
        {
            TakeResult result = TakeNow(timeout != TimeSpan.Zero, out next);
            if (result != TakeResult.TimedOut || timeout == TimeSpan.Zero || !_output.Wait(timeout, _stop.Token))
            {
                return result;
            }
        }
    }

    /// <summary>Waits for the next output and takes it.</summary>
    /// <returns>The output, or null if no work is left.</returns>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public async Task<FetchEvent<TItem>?> TakeAsync()
    {
        while (true)
        {
            switch (TakeNow(wait: true, out FetchEvent<TItem> next))
            {
                case TakeResult.Taken:
                    return next;
                case TakeResult.Empty:
                    return null;
                default:
                    await _output.WaitAsync(_stop.Token).ConfigureAwait(false);
                    break;
            }
        }
    }

    /// <summary>Cancels all requests in flight and discards the output that has not been taken.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            // The source itself is not disposed, because work that is ending may still use its token.
            _disposed = true;
            _callerStop.Dispose();
            _stop.Cancel();
        }
    }

    /// <summary>Delays work until earlier work with the same key is complete.</summary>
    private Func<IFetchContext<TItem>, CancellationToken, Task> InKeyOrder(string key, Func<IFetchContext<TItem>, CancellationToken, Task> work)
    {
        if (_lastByKey.Count > _maxFiles)
        {
            foreach (string completed in _lastByKey.Where(static last => last.Value.IsCompleted).Select(static last => last.Key).ToList())
            {
                _lastByKey.Remove(completed);
            }
        }

        _lastByKey.TryGetValue(key, out Task? previous);
        var completion = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _lastByKey[key] = completion.Task;
        return async (context, stop) =>
        {
            try
            {
                await (previous ?? Task.CompletedTask).ConfigureAwait(false);
                await work(context, stop).ConfigureAwait(false);
            }
            finally
            {
                completion.SetResult(true);
            }
        };
    }

    private TakeResult TakeNow(bool wait, out FetchEvent<TItem> next)
    {
        _stop.Token.ThrowIfCancellationRequested();
        TakeResult result = _output.TryTake(wait, out next);
        _scheduler.StartWaiters();
        return result;
    }

    private sealed class Work(OrderedFetcher<TItem> owner, object target, long order, Func<IFetchContext<TItem>, CancellationToken, Task> work)
        : ScheduledWork, IFetchContext<TItem>
    {
        private readonly OrderedOutput<TItem>.FileOutput _file = owner._output.Add();
        private Action<string>? _log;

        public int ThrottleLimit => owner.ThrottleLimit;

        public Action<string>? Log => owner.HasLog ? _log ??= text => Write(new FetchEvent<TItem>(target) { Log = text }) : null;

        internal override long Order => order;

        public Task<T> RequestAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken) =>
            owner._scheduler.RunAsync(this, request, cancellationToken);

        public Task<T> RequestWithoutOutputAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken) =>
            owner._scheduler.RunAsync(this, request, cancellationToken, hasOutput: false);

        public void Fail(FileVersionException error) => Write(new FetchEvent<TItem>(error.FileId ?? target) { Error = error });

        public void Emit(IReadOnlyList<TItem> items) => Write(new FetchEvent<TItem>(target) { Items = items });

        public void Warn(string text) => Write(new FetchEvent<TItem>(target) { Warning = text });

        internal override bool TryReserveRoom() => owner._output.TryReservePage(_file);

        internal override void ReleaseRoom() => owner._output.ReleasePage(_file);

        internal override async Task RunAsync()
        {
            try
            {
                await work(this, owner._stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (owner._stop.IsCancellationRequested)
            {
                // The reader gets its own exception.
            }
#pragma warning disable CA1031 // Any exception is passed to the reader.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Write(new FetchEvent<TItem>(target) { Error = e });
            }

            owner._output.Complete(_file);
        }

        private void Write(FetchEvent<TItem> output) => owner._output.Write(_file, output);
    }
}
