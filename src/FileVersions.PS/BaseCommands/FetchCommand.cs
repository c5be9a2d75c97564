using System.Runtime.ExceptionServices;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.PS.Output;
using FileVersions.Services;

namespace FileVersions.PS.BaseCommands;

/// <summary>A cmdlet that works on many files concurrently and writes the results in input order, on the pipeline thread.</summary>
public abstract class FetchCommand<TItem, TConnection, TService> : AccountCommand<TConnection, TService>
    where TItem : class
    where TConnection : ServiceConnection
    where TService : class
{
    private OrderedFetcher<TItem>? _fetcher;
    private ProgressMeter? _progress;
    private int _filesAdded;

    /// <summary>The maximum number of concurrent requests, over all files of the pipeline.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>The number of results so far.</summary>
    private protected long ItemsWritten { get; private set; }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _fetcher?.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (!MyInvocation.ExpectingInput && UsesAccount)
        {
            // Report a missing account before anything else.
            _ = ServiceFor(input: null);
        }

        _fetcher = new OrderedFetcher<TItem>(ThrottleLimit, StopToken) { HasLog = IsVerbose };
        _progress = new ProgressMeter(this, MyInvocation.MyCommand.Name, CountFiles());
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        while (WriteNext())
        {
        }

        _progress!.Complete();
    }

    /// <summary>Starts the work on a file as soon as there is room for it, and writes the output that is ready.</summary>
    /// <param name="fileId">The file, as the user named it.</param>
    /// <param name="work">The work.</param>
    /// <param name="key">Work with the same key runs one after the other, in input order; null if the order does not matter.</param>
    protected void Add(string fileId, Func<IFetchContext<TItem>, CancellationToken, Task> work, string? key = null)
    {
        while (!_fetcher!.HasRoom && WriteNext())
        {
        }

        _fetcher.Add(fileId, work, key);
        _filesAdded++;
        while (Take(TimeSpan.Zero, out FetchEvent<TItem> next) == TakeResult.Taken)
        {
            Write(next);
        }

        ShowProgressIfDue();
    }

    /// <summary>Whether this process sends requests.</summary>
    private protected virtual bool UsesAccount => true;

    /// <summary>The maximum time to wait for output before <see cref="OnWaiting"/> is called.</summary>
    private protected virtual TimeSpan MaxWait => _progress!.MaxWait;

    /// <summary>Called from time to time while there is no output.</summary>
    private protected virtual void OnWaiting() => ShowProgressIfDue();

    /// <summary>Whether changes are shown but not made.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? whatIf)
        ? LanguagePrimitives.IsTrue(whatIf)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Asks whether to make a change, and shows it for <c>-WhatIf</c>.</summary>
    /// <param name="description">What would be done, for <c>-WhatIf</c> and <c>-Verbose</c>.</param>
    /// <param name="question">The question.</param>
    /// <param name="force">Whether to make the change without asking, unless <c>-WhatIf</c> or <c>-Confirm</c> is given.</param>
    private protected bool ShouldChange(string description, string question, bool force) =>
        force && !IsWhatIf && !MyInvocation.BoundParameters.ContainsKey("Confirm")
            ? true
            : ShouldProcess(description, question, Texts.ConfirmCaption);

    /// <summary>Shows the progress of the work.</summary>
    private protected virtual void ShowProgress(ProgressMeter progress, int filesDone)
    {
        string versions = Texts.ProgressVersions.FormatWith(ItemsWritten, progress.RateOf(ItemsWritten));
        progress.Show(filesDone, $"{progress.Files(filesDone)}, {versions}");
    }

    /// <summary>Shows the progress of uploads or downloads. The fraction is unknown while more versions may come from the pipeline.</summary>
    private protected void ShowTransfer(ProgressMeter progress, int filesDone, TransferProgress transfer) => progress.Show(
        filesDone,
        Texts.ProgressSaved.FormatWith(transfer.Finished, ByteCount.Describe(transfer.Bytes), ByteCount.Describe(progress.RateOf(transfer.Bytes))),
        MyInvocation.ExpectingInput ? null : transfer.Fraction);

    // The number of files is known if they were named on the command line, but not for a pipeline.
    private int? CountFiles() =>
        !MyInvocation.ExpectingInput && MyInvocation.BoundParameters.TryGetValue("FileId", out object? ids) && ids is string[] all ? all.Length : null;

    private bool WriteNext()
    {
        FetchEvent<TItem> next;
        TakeResult result;
        while ((result = Take(MaxWait, out next)) == TakeResult.TimedOut)
        {
            OnWaiting();
        }

        if (result == TakeResult.Empty)
        {
            return false;
        }

        Write(next);
        ShowProgressIfDue();
        return true;
    }

    private TakeResult Take(TimeSpan timeout, out FetchEvent<TItem> next)
    {
        try
        {
            return _fetcher!.Take(timeout, out next);
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    private protected void ShowProgressIfDue()
    {
        if (_progress!.IsDue)
        {
            ShowProgress(_progress, _filesAdded - _fetcher!.Count);
        }
    }

    /// <summary>Writes an output of the work.</summary>
    private protected virtual void Write(FetchEvent<TItem> next)
    {
        if (next.Items is { } items)
        {
            WriteItems(items);
        }
        else if (next.Error is FileVersionException failure)
        {
            ErrorRecord record = failure.ToRecord(next.Target);
            if (failure.IsAccountError)
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
        ItemsWritten += items.Count;
        foreach (TItem item in items)
        {
            WriteObject(AdditionalProperties.AddTo(item));
        }
    }
}
