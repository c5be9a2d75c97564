using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.PS.Accounts;
using FileVersions.PS.Output;

namespace FileVersions.PS.BaseCommands;

/// <summary>
/// A cmdlet that works on many files at once through one account, and writes what comes in the order of its input. All writing
/// happens on the pipeline's thread; Ctrl+C and an early end downstream end the requests in flight.
/// </summary>
/// <typeparam name="TItem">What is fetched.</typeparam>
/// <typeparam name="TConnection">The account's type.</typeparam>
public abstract class FetchCommand<TItem, TConnection> : PSCmdlet, IDisposable
    where TItem : class
    where TConnection : ServiceConnection
{
    private readonly CancellationTokenSource _stop = new();
    private OrderedFetcher<TItem>? _fetcher;
    private ProgressMeter? _progress;
    private int _filesAdded;
    private long _itemsWritten;

    /// <summary>The account to use; by default the one that this session connected, else the one that the environment describes.</summary>
    [Parameter]
    [ConnectionTransformation]
    [ValidateNotNull]
    public TConnection? Connection { get; set; }

    /// <summary>How many requests run at once, over all files of the pipeline.</summary>
    protected abstract int Concurrency { get; }

    /// <summary>Ends everything that is under way.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends everything that is under way.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _fetcher?.Dispose();
            _stop.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            Open(SessionAccounts.Current.Resolve(Connection));
        }
        catch (FileVersionException e)
        {
            ThrowTerminatingError(e.ToRecord(null));
        }

        _fetcher = new OrderedFetcher<TItem>(Concurrency, _stop.Token);
        _progress = new ProgressMeter(this, MyInvocation.MyCommand.Name, CountFiles());
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Drain();
        _progress!.Complete();
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Makes what the work needs, once.</summary>
    /// <param name="connection">The account.</param>
    protected abstract void Open(TConnection connection);

    /// <summary>Starts the work on a file, when there is room for it, and writes what has come so far.</summary>
    /// <param name="fileId">The file, as the user named it.</param>
    /// <param name="work">The work.</param>
    protected void Add(string fileId, Func<IFetchContext<TItem>, CancellationToken, Task> work)
    {
        while (!_fetcher!.HasRoom && TakeOne())
        {
        }

        _fetcher.Add(fileId, work);
        _filesAdded++;
        while (Take(TimeSpan.Zero, out FetchEvent<TItem> next) == TakeResult.Taken)
        {
            Write(next);
        }

        ShowProgress();
    }

    /// <summary>Waits for all work that was added, and writes what comes of it.</summary>
    protected void Drain()
    {
        while (TakeOne())
        {
        }
    }

    // Known where the files stand on the command line; what a pipeline will bring nobody knows.
    private int? CountFiles() =>
        !MyInvocation.ExpectingInput && MyInvocation.BoundParameters.TryGetValue("FileId", out object? ids) && ids is string[] all ? all.Length : null;

    private bool TakeOne()
    {
        FetchEvent<TItem> next;
        TakeResult result;
        while ((result = Take(_progress!.Patience, out next)) == TakeResult.TimedOut)
        {
            ShowProgress();
        }

        if (result == TakeResult.Empty)
        {
            return false;
        }

        Write(next);
        ShowProgress();
        return true;
    }

    private TakeResult Take(TimeSpan patience, out FetchEvent<TItem> next)
    {
        try
        {
            return _fetcher!.Take(patience, out next);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    private void ShowProgress()
    {
        if (_progress!.IsDue)
        {
            ShowProgress(_progress, _filesAdded - _fetcher!.Count);
        }
    }

    /// <summary>Shows how far the work is; called when that is due.</summary>
    private protected virtual void ShowProgress(ProgressMeter progress, int filesDone)
    {
        string versions = string.Format(CultureInfo.CurrentCulture, Texts.ProgressVersions, _itemsWritten, progress.RateOf(_itemsWritten));
        progress.Show(filesDone, $"{progress.Files(filesDone)}, {versions}");
    }

    private void Write(FetchEvent<TItem> next)
    {
        if (next.Items is { } items)
        {
            WriteItems(items);
        }
        else if (next.Error is FileVersionException failure)
        {
            ErrorRecord record = failure.ToRecord(next.Target);
            if (failure.ConcernsAccount)
            {
                _progress!.Complete();
                ThrowTerminatingError(record);
            }

            WriteError(record);
        }
        else if (next.Error is not null)
        {
            ExceptionDispatchInfo.Capture(next.Error).Throw();
        }
        else if (next.Warning is not null)
        {
            WriteWarning(next.Warning);
        }
        else if (next.Log is not null)
        {
            WriteVerbose(next.Log);
        }
    }

    private void WriteItems(IReadOnlyList<TItem> items)
    {
        _itemsWritten += items.Count;
        foreach (TItem item in items)
        {
            WriteObject(AdditionalProperties.AddTo(item));
        }
    }
}
