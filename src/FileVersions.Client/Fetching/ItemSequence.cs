using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace FileVersions.Fetching;

/// <summary>
/// Items of one or more files, in the order of the files. Read it with <c>await foreach</c>. Requests are sent while items are
/// read; leaving the loop cancels them.
/// </summary>
/// <remarks>
/// It implements the pattern of <c>await foreach</c> rather than <c>IAsyncEnumerable</c>, which .NET Standard 2.0 does not contain.
/// </remarks>
/// <typeparam name="TItem">The type of the items.</typeparam>
public sealed class ItemSequence<TItem>
{
    private readonly IEnumerable<string> _fileIds;
    private readonly Func<string, IFetchContext<TItem>, CancellationToken, Task> _work;
    private readonly FetchOptions _options;
    private readonly CancellationToken _cancellationToken;

    internal ItemSequence(
        IEnumerable<string> fileIds,
        Func<string, IFetchContext<TItem>, CancellationToken, Task> work,
        FetchOptions? options,
        CancellationToken cancellationToken)
    {
        _fileIds = fileIds;
        _work = work;
        _options = options ?? new FetchOptions();
        _cancellationToken = cancellationToken;
    }

    /// <summary>Starts reading. Each call sends its own requests.</summary>
    public Enumerator GetAsyncEnumerator() => new(this);

    /// <summary>Reads all items into a list.</summary>
    /// <exception cref="FileVersionException">A file failed; see <see cref="FetchOptions.OnError"/>.</exception>
    public async Task<List<TItem>> ToListAsync()
    {
        var items = new List<TItem>();
        Enumerator reader = GetAsyncEnumerator();
        try
        {
            while (await reader.MoveNextAsync().ConfigureAwait(false))
            {
                items.Add(reader.Current);
            }
        }
        finally
        {
            await reader.DisposeAsync().ConfigureAwait(false);
        }

        return items;
    }

    /// <summary>Reads the items of an <see cref="ItemSequence{TItem}"/>.</summary>
    [SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "DisposeAsync disposes them.")]
    public sealed class Enumerator
    {
        private static readonly Task<bool> s_true = Task.FromResult(true);

        private readonly ItemSequence<TItem> _sequence;
        private readonly OrderedFetcher<TItem> _fetcher;
        private readonly IEnumerator<string> _fileIds;
        private bool _hasMoreFiles = true;
        private IReadOnlyList<TItem> _page = [];
        private int _index;

        internal Enumerator(ItemSequence<TItem> sequence)
        {
            _sequence = sequence;
            _fetcher = new OrderedFetcher<TItem>(sequence._options.ThrottleLimit, sequence._cancellationToken) { HasLog = sequence._options.OnLog is not null };
            _fileIds = sequence._fileIds.GetEnumerator();
        }

        /// <summary>The current item.</summary>
        public TItem Current => _page[_index];

        /// <summary>Moves to the next item.</summary>
        /// <returns>False at the end.</returns>
        /// <exception cref="FileVersionException">A file failed; see <see cref="FetchOptions.OnError"/>.</exception>
        /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
        public Task<bool> MoveNextAsync() => ++_index < _page.Count ? s_true : MoveToNextPageAsync();

        /// <summary>Cancels the requests in flight.</summary>
        public Task DisposeAsync()
        {
            _fetcher.Dispose();
            _fileIds.Dispose();
            return Task.CompletedTask;
        }

        private async Task<bool> MoveToNextPageAsync()
        {
            while (true)
            {
                AddFiles();
                if (await _fetcher.TakeAsync().ConfigureAwait(false) is not { } next)
                {
                    return false;
                }

                if (next.Items is { Count: > 0 } page)
                {
                    _page = page;
                    _index = 0;
                    return true;
                }

                Report(next);
            }
        }

        private void AddFiles()
        {
            while (_hasMoreFiles && _fetcher.HasRoom)
            {
                _hasMoreFiles = _fileIds.MoveNext();
                if (_hasMoreFiles)
                {
                    string fileId = _fileIds.Current;
                    _fetcher.Add(fileId, (context, stop) => _sequence._work(fileId, context, stop));
                }
            }
        }

        private void Report(FetchEvent<TItem> next)
        {
            FetchOptions options = _sequence._options;
            if (next.Warning is not null)
            {
                options.OnWarning?.Invoke(next.Warning);
            }
            else if (next.Log is not null)
            {
                options.OnLog?.Invoke(next.Log);
            }
            else if (next.Error is FileVersionException { IsAccountError: false } failure && options.OnError is { } report)
            {
                report(failure.FileId is null ? failure.WithFile((string)next.Target) : failure);
            }
            else if (next.Error is not null)
            {
                ExceptionDispatchInfo.Capture(next.Error).Throw();
            }
        }
    }
}
