using System.Diagnostics.CodeAnalysis;

namespace FileVersions.Fetching;

/// <summary>
/// Queues the output of several files and returns it file by file, in the order in which the files were added. Limits how much
/// output waits to be taken.
/// </summary>
/// <remarks>Any thread may write. One thread at a time reads.</remarks>
/// <typeparam name="TItem">The type of the items.</typeparam>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The semaphore allocates nothing that must be released.")]
internal sealed class OrderedOutput<TItem>
{
    private readonly object _lock = new();
    private readonly Queue<FileOutput> _files = new();
    private readonly SemaphoreSlim _readerSignal = new(0);
    private readonly int _maxPages;
    private readonly int _maxItems;
    private int _pages;
    private int _items;
    private bool _readerWaits;

    /// <param name="maxPages">The maximum number of pages requested or waiting to be taken.</param>
    /// <param name="maxItems">No page is requested while at least this many items wait to be taken.</param>
    internal OrderedOutput(int maxPages, int maxItems)
    {
        _maxPages = maxPages;
        _maxItems = maxItems;
    }

    /// <summary>The number of files that are not complete or have output to be taken.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _files.Count;
            }
        }
    }

    internal FileOutput Add()
    {
        lock (_lock)
        {
            var file = new FileOutput();
            _files.Enqueue(file);
            return file;
        }
    }

    /// <summary>Reserves room for a page of a file.</summary>
    /// <returns>False while too much output waits. The first file, unless its own output waits, always has room.</returns>
    internal bool TryReservePage(FileOutput file)
    {
        lock (_lock)
        {
            bool hasRoom = (_pages < _maxPages && _items < _maxItems) || (IsFirst(file) && file.Events.Count == 0);
            if (hasRoom)
            {
                _pages++;
                file.Pages++;
            }

            return hasRoom;
        }
    }

    /// <summary>Returns the room of a page that will not be written.</summary>
    internal void ReleasePage(FileOutput file)
    {
        lock (_lock)
        {
            Release(file, 1);
        }
    }

    internal void Write(FileOutput file, FetchEvent<TItem> output)
    {
        lock (_lock)
        {
            file.Events.Enqueue(output);
            _items += output.Items?.Count ?? 0;
            WakeReader(file);
        }
    }

    /// <summary>Marks a file as complete: nothing more will be written for it.</summary>
    internal void Complete(FileOutput file)
    {
        lock (_lock)
        {
            file.IsComplete = true;
            WakeReader(file);
        }
    }

    /// <summary>Takes the next output, if it is there.</summary>
    /// <param name="wait">Whether the caller is going to wait if there is none yet.</param>
    /// <param name="next">The output.</param>
    internal TakeResult TryTake(bool wait, out FetchEvent<TItem> next)
    {
        lock (_lock)
        {
            next = default;
            while (_files.Count > 0)
            {
                FileOutput first = _files.Peek();
                if (first.Events.Count > 0)
                {
                    next = first.Events.Dequeue();
                    if (next.Items is not null)
                    {
                        _items -= next.Items.Count;
                        Release(first, 1);
                    }

                    return TakeResult.Taken;
                }

                if (!first.IsComplete)
                {
                    _readerWaits = wait;
                    return TakeResult.TimedOut;
                }

                _files.Dequeue();
                Release(first, first.Pages);
            }

            return TakeResult.Empty;
        }
    }

    /// <summary>Waits for output of the first file. May return early.</summary>
    /// <returns>False if the timeout elapsed.</returns>
    internal bool Wait(TimeSpan timeout, CancellationToken cancellationToken) => _readerSignal.Wait(timeout, cancellationToken);

    /// <inheritdoc cref="Wait"/>
    internal Task WaitAsync(CancellationToken cancellationToken) => _readerSignal.WaitAsync(cancellationToken);

    private bool IsFirst(FileOutput file) => _files.Count > 0 && _files.Peek() == file;

    private void Release(FileOutput file, int pages)
    {
        file.Pages -= pages;
        _pages -= pages;
    }

    private void WakeReader(FileOutput file)
    {
        if (_readerWaits && IsFirst(file))
        {
            _readerWaits = false;
            _readerSignal.Release();
        }
    }

    /// <summary>The output of one file.</summary>
    internal sealed class FileOutput
    {
        internal Queue<FetchEvent<TItem>> Events { get; } = new();

        /// <summary>The number of pages requested or waiting to be taken.</summary>
        internal int Pages { get; set; }

        internal bool IsComplete { get; set; }
    }
}
