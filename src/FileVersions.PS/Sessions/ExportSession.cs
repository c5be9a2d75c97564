using System.Collections;
using System.Diagnostics;
using System.Management.Automation.Runspaces;
using FileVersions.Exporting;

namespace FileVersions.PS.Sessions;

/// <summary>One remoting session that exports a share of the files. It works on one share at a time.</summary>
/// <param name="session">The remoting session.</param>
/// <param name="signal">Set when there may be something to receive.</param>
internal sealed class ExportSession(PSSession session, EventWaitHandle signal)
{
    private const int MinShare = 5;
    private const int FirstShare = 20;
    private const int MaxGrowth = 4;

    /// <summary>The maximum number of files in a share.</summary>
    internal const int MaxShare = 5000;

    // Between two shares a session has no requests in flight for 50 to 200 ms. With shares of this duration that costs 2 % at most.
    private static readonly TimeSpan s_shareDuration = TimeSpan.FromSeconds(10);

    private readonly Queue<FileToExport> _share = [];
    private readonly List<ExportPart> _parts = [];
    private readonly Stopwatch _sinceHeartbeat = new();
    private readonly Stopwatch _sinceStart = new();
    private int _shareCount;
    private PowerShell? _shell;
    private IAsyncResult? _invocation;
    private PSDataCollection<PSObject> _output = [];

    internal string Name => session.Name;

    internal bool IsBusy => _shell is not null;

    /// <summary>The number of files for the next share.</summary>
    internal int NextShare { get; private set; } = FirstShare;

    /// <summary>The time since the session last sent something.</summary>
    internal TimeSpan Silence => _sinceHeartbeat.Elapsed;

    /// <summary>The files of the share that are not complete.</summary>
    internal IEnumerable<FileToExport> Unfinished => _share;

    /// <param name="command">The cmdlet to run in the session.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="files">The files.</param>
    /// <remarks>If the session cannot run it, the exception is a <see cref="IsSessionError">session error</see>.</remarks>
    internal void Start(string command, IDictionary parameters, IReadOnlyList<FileToExport> files)
    {
        var input = new PSDataCollection<PSObject>();
        foreach (FileToExport file in files)
        {
            _share.Enqueue(file);
            var item = new PSObject();
            item.Properties.Add(new PSNoteProperty("FileId", file.FileId));
            item.Properties.Add(new PSNoteProperty("FilePath", file.FilePath));
            input.Add(item);
        }

        input.Complete();
        _shareCount = files.Count;
        _output = [];
        _output.DataAdded += (_, _) => signal.Set();
        _shell = PowerShell.Create();
        _shell.Runspace = session.Runspace;
        _shell.AddCommand(command).AddParameters(parameters);
        _sinceHeartbeat.Restart();
        _sinceStart.Restart();
        _invocation = _shell.BeginInvoke(input, _output, null, _ => signal.Set(), null);
    }

    /// <summary>Receives what the session has sent.</summary>
    /// <param name="write">Receives the parts of each complete file, one file after the other.</param>
    /// <param name="warn">Receives warnings.</param>
    /// <returns>Why the session can no longer be used; null if it can.</returns>
    internal string? Receive(Action<ExportPart> write, Action<string> warn)
    {
        // The order matters: what is sent before the end is received after this check.
        bool hasEnded = _invocation!.IsCompleted;
        bool isOpen = session.Runspace.RunspaceStateInfo.State == RunspaceState.Opened;
        foreach (PSObject item in _output.ReadAll())
        {
            _sinceHeartbeat.Restart();
            if (item.BaseObject is byte[] batch)
            {
                foreach (ExportPart part in ExportBatch.Unpack(batch))
                {
                    Take(part, write);
                }
            }
        }

        foreach (WarningRecord warning in _shell!.Streams.Warning.ReadAll())
        {
            warn($"{Name}: {warning.Message}");
        }

        if (!isOpen)
        {
            return session.Runspace.RunspaceStateInfo.Reason?.Message ?? Texts.ExportSessionClosed;
        }

        return hasEnded ? End() : null;
    }

    /// <summary>Stops the share without waiting.</summary>
    /// <returns>The end of the share; null if there is nothing to wait for.</returns>
    internal WaitHandle? BeginStop()
    {
        try
        {
            return _shell?.BeginStop(null, null).AsyncWaitHandle;
        }
        catch (Exception e) when (IsSessionError(e))
        {
            // The connection is lost, and the share with it.
            return null;
        }
    }

    /// <summary>Whether an exception means that the session cannot be used.</summary>
    internal static bool IsSessionError(Exception exception) =>
        exception is RuntimeException or InvalidRunspaceStateException or InvalidOperationException or IOException;

    // The session works in the order of the share.
    private void Take(ExportPart part, Action<ExportPart> write)
    {
        if (_share.Count == 0 || part.FileId != _share.Peek().FileId)
        {
            return;
        }

        _parts.Add(part);
        if (part.IsLast)
        {
            foreach (ExportPart complete in _parts)
            {
                write(complete);
            }

            _parts.Clear();
            _share.Dequeue();
        }
    }

    private string? End()
    {
        PSInvocationStateInfo state = _shell!.InvocationStateInfo;
        if (state.State != PSInvocationState.Completed)
        {
            return state.Reason?.Message ?? Texts.ExportSessionClosed;
        }

        if (_share.Count > 0)
        {
            return _shell.Streams.Error.FirstOrDefault()?.ToString()
                ?? Texts.ExportSessionIncomplete.FormatWith(_share.Peek().FileId);
        }

        double rate = _shareCount / _sinceStart.Elapsed.TotalSeconds;
        int wanted = (int)Math.Min(rate * s_shareDuration.TotalSeconds, NextShare * MaxGrowth);
        NextShare = Math.Min(Math.Max(wanted, MinShare), MaxShare);
        _shell.Dispose();
        _shell = null;
        return null;
    }
}
