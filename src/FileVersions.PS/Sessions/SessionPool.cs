using System.Collections;
using System.Diagnostics;
using System.Management.Automation.Runspaces;
using FileVersions.Exporting;

namespace FileVersions.PS.Sessions;

/// <summary>
/// Distributes files over remoting sessions, in shares. A session that fails or falls silent is abandoned, and the others get the rest of its
/// share. Only one thread may use it.
/// </summary>
internal sealed class SessionPool : IDisposable
{
    private const int MinLastShare = 5;

    // A session sends a heartbeat at least every two seconds.
    private static readonly TimeSpan s_maxSilence = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_maxStop = TimeSpan.FromSeconds(5);

    private readonly AutoResetEvent _signal = new(false);
    private readonly LinkedList<FileToExport> _waiting = [];
    private readonly List<ExportSession> _sessions;
    private readonly string _command;
    private readonly IDictionary _parameters;
    private readonly Action<ExportPart> _write;
    private readonly Action<string> _warn;

    /// <param name="sessions">The sessions; at least one.</param>
    /// <param name="command">The cmdlet to run in the sessions. It takes files from the pipeline and returns parts.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="write">Receives the parts of each complete file, one file after the other.</param>
    /// <param name="warn">Receives warnings.</param>
    internal SessionPool(IEnumerable<PSSession> sessions, string command, IDictionary parameters, Action<ExportPart> write, Action<string> warn)
    {
        _sessions = [.. sessions.Select(session => new ExportSession(session, _signal))];
        _command = command;
        _parameters = parameters;
        _write = write;
        _warn = warn;
    }

    /// <summary>Stops the shares, so that the sessions are free again.</summary>
    public void Dispose()
    {
        var clock = Stopwatch.StartNew();
        foreach (WaitHandle end in _sessions.Select(static session => session.BeginStop()).OfType<WaitHandle>().ToList())
        {
            TimeSpan rest = s_maxStop - clock.Elapsed;
            end.WaitOne(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
        }

        _sessions.Clear();
    }

    /// <summary>Adds a file. If many are waiting, waits until some of them are done.</summary>
    /// <exception cref="FileVersionException">No session is left.</exception>
    internal void Add(FileToExport file, Action whileWaiting)
    {
        _waiting.AddLast(file);
        while (!Step(isInputComplete: false) && _waiting.Count >= ExportSession.MaxShare * _sessions.Count)
        {
            Wait(whileWaiting);
        }
    }

    /// <summary>Waits until all files are done.</summary>
    /// <exception cref="FileVersionException">No session is left.</exception>
    internal void Complete(Action whileWaiting)
    {
        while (_waiting.Count > 0 || _sessions.Exists(static session => session.IsBusy))
        {
            if (!Step(isInputComplete: true))
            {
                Wait(whileWaiting);
            }
        }
    }

    private void Wait(Action whileWaiting)
    {
        _signal.WaitOne(s_pollInterval);
        whileWaiting();
    }

    /// <summary>Receives what the sessions have sent and starts shares.</summary>
    /// <returns>Whether a share was started or a session was abandoned.</returns>
    private bool Step(bool isInputComplete)
    {
        bool hasChanged = false;
        foreach (ExportSession session in _sessions.ToList())
        {
            if (session.IsBusy)
            {
                string? failure = session.Receive(_write, _warn);
                if (failure is null && session.IsBusy && session.Silence > s_maxSilence)
                {
                    failure = Texts.ExportSessionSilent.FormatWith(s_maxSilence.TotalSeconds);
                }

                if (failure is not null)
                {
                    Abandon(session, failure);
                    hasChanged = true;
                    continue;
                }
            }

            if (!session.IsBusy && ShareFor(session, isInputComplete) is { Count: > 0 } files)
            {
                Start(session, files);
                hasChanged = true;
            }
        }

        return hasChanged;
    }

    // The last shares are smaller, so that the sessions finish together.
    private List<FileToExport> ShareFor(ExportSession session, bool isInputComplete)
    {
        int count = session.NextShare;
        if (isInputComplete)
        {
            int last = Math.Max(MinLastShare, _waiting.Count / (2 * _sessions.Count));
            count = Math.Min(Math.Min(count, last), _waiting.Count);
        }
        else if (_waiting.Count < count)
        {
            return [];
        }

        var files = new List<FileToExport>(count);
        while (files.Count < count)
        {
            files.Add(_waiting.First!.Value);
            _waiting.RemoveFirst();
        }

        return files;
    }

    private void Start(ExportSession session, IReadOnlyList<FileToExport> files)
    {
        try
        {
            session.Start(_command, _parameters, files);
        }
        catch (Exception e) when (ExportSession.IsSessionError(e))
        {
            Abandon(session, e.Message);
        }
    }

    private void Abandon(ExportSession session, string reason)
    {
        _sessions.Remove(session);
        foreach (FileToExport file in session.Unfinished.Reverse())
        {
            _waiting.AddFirst(file);
        }

        // Do not wait: a lost connection can take minutes to end.
        session.BeginStop();
        _warn(Texts.ExportSessionLost.FormatWith(session.Name, reason.TrimEnd('.')));
        if (_sessions.Count == 0)
        {
            throw new FileVersionException(FileVersionErrorKind.ConnectionFailed, Texts.ExportNoSessionLeft.FormatWith(reason.TrimEnd('.')));
        }
    }
}
