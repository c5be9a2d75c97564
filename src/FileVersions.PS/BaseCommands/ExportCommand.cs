using System.Collections;
using System.Diagnostics;
using System.Management.Automation.Runspaces;
using FileVersions.Exporting;
using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.PS.Output;
using FileVersions.PS.Parameters;
using FileVersions.PS.Sessions;
using FileVersions.Services;

namespace FileVersions.PS.BaseCommands;

/// <summary>
/// Exports the versions of files to a file: requested by this process, or by remoting sessions, in which the same cmdlet runs with
/// <see cref="PartOf"/>. Only this process writes the file.
/// </summary>
public abstract class ExportCommand<TVersion, TConnection> : FetchCommand<ExportPart, TConnection, IVersionService<TVersion>>
    where TVersion : class, IFileVersion
    where TConnection : ServiceConnection
{
    /// <summary>The parameter set that writes a file.</summary>
    protected const string FileSet = "File";

    /// <summary>The parameter set that returns the parts of another process's export.</summary>
    protected const string PartSet = "Part";

    // A session sends a batch of parts when it has this many bytes or this age. An empty batch is a heartbeat.
    private const int MaxBatchLength = 1 << 20;
    private static readonly TimeSpan s_heartbeatInterval = TimeSpan.FromSeconds(2);

    private readonly List<ExportPart> _batch = [];
    private readonly Stopwatch _sinceBatch = Stopwatch.StartNew();
    private int _batchLength;
    private ExportSettings? _settings;
    private ExportFile? _file;
    private SessionPool? _sessions;

    /// <summary>The ids of the files.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [AllowEmptyString]
    [IdTransformation]
    public string[] FileId { get; set; } = [];

    /// <summary>The file to write. Its extension decides the format: <c>.jsonl</c> or <c>.csv</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FileSet)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Remoting sessions that send the requests.</summary>
    [Parameter(ParameterSetName = FileSet)]
    [ValidateNotNullOrEmpty]
    public PSSession[]? Session { get; set; }

    /// <summary>The settings of another process's export, whose parts are returned.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PartSet, DontShow = true)]
    [ValidateNotNullOrEmpty]
    public string? PartOf { get; set; }

    /// <summary>The format of the parts.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PartSet, DontShow = true)]
    public ExportFormat PartFormat { get; set; }

    /// <summary>The piped object, for its account and path.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Creates the settings of an export in a format.</summary>
    private protected abstract ExportSettings CreateSettings(ExportFormat format);

    /// <summary>Returns the file id in a text.</summary>
    /// <exception cref="FileVersionException">The text contains no file id.</exception>
    private protected abstract string ParseFileId(string text);

    /// <summary>The parameters of the cmdlet in a session.</summary>
    private protected virtual Hashtable SessionParameters => new()
    {
        [nameof(PartOf)] = _settings!.Text,
        [nameof(PartFormat)] = _settings.Format.ToString(),
        [nameof(ThrottleLimit)] = ThrottleLimit,
    };

    private protected override bool UsesAccount => Session is null;

    private protected override TimeSpan MaxWait => PartOf is null ? base.MaxWait : s_heartbeatInterval;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            if (PartOf is not null)
            {
                BeginPart(PartOf);
            }
            else
            {
                BeginFile(this.ResolvePath(Path, FileVersionErrorKind.InvalidRequest, Texts.DestinationInvalid, Texts.ExportPathNotFileSystem));
            }
        }
        catch (FileVersionException e)
        {
            ThrowTerminatingError(e.ToRecord(Path));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (PartOf is null && _file is null)
        {
            return;
        }

        foreach (string id in FileId)
        {
            Run(() => AddFile(id));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Run(() => _sessions?.Complete(WhileWaiting));
        base.EndProcessing();
        if (PartOf is not null)
        {
            SendBatch();
        }

        if (_file is null)
        {
            return;
        }

        Run(_file.Commit);
        WriteObject(_file.GetSummary());
        _file.Dispose();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _sessions?.Dispose();
            _file?.Dispose();
        }
    }

    private protected override void Write(FetchEvent<ExportPart> next)
    {
        if (next.Items is { } parts)
        {
            foreach (ExportPart part in parts)
            {
                WritePart(part);
            }
        }
        else if (next.Error is FileVersionException { IsAccountError: false } failure)
        {
            WritePart(ExportPart.OfError((string)next.Target, failure), failure);
        }
        else
        {
            // After an error, all further requests would fail. Keep the files that are complete.
            if (next.Error is not null && PartOf is not null)
            {
                SendBatch();
            }
            else if (next.Error is not null && _file is not null)
            {
                Run(_file.Commit);
            }

            base.Write(next);
        }

        OnWaiting();
    }

    private protected override void OnWaiting()
    {
        if (PartOf is null)
        {
            base.OnWaiting();
        }
        else if (_sinceBatch.Elapsed >= s_heartbeatInterval)
        {
            SendBatch();
        }
    }

    private protected override void ShowProgress(ProgressMeter progress, int filesDone)
    {
        if (_file is null)
        {
            return;
        }

        string versions = Texts.ProgressVersions.FormatWith(_file.Versions, progress.RateOf(_file.Versions));
        progress.Show((int)_file.FilesProcessed, $"{progress.Files((int)_file.FilesProcessed)}, {versions}");
    }

    private void BeginPart(string settings)
    {
        _settings = CreateSettings(PartFormat);
        if (_settings.Text != settings)
        {
            throw new FileVersionException(FileVersionErrorKind.InvalidRequest, Texts.ExportVersionsDiffer);
        }
    }

    private void BeginFile(string path)
    {
        if (Session is not null && Connection is not null)
        {
            throw new FileVersionException(FileVersionErrorKind.InvalidRequest, Texts.ExportSessionWithConnection);
        }

        _settings = CreateSettings(ExportSettings.FormatOf(path));
        string action = Texts.ActionExport.FormatWith(path);
        if (!ShouldProcess(action, action + "?", Texts.ConfirmCaption))
        {
            return;
        }

        _file = new ExportFile(path, _settings);
        if (Session is not null)
        {
            _sessions = new SessionPool(Session, MyInvocation.MyCommand.Name, SessionParameters, part => WritePart(part), WriteWarning);
        }
    }

    private void AddFile(string id)
    {
        string fileId;
        try
        {
            fileId = ParseFileId(id);
        }
        catch (FileVersionException e)
        {
            if (_file?.TryAdd(id) != false)
            {
                WritePart(ExportPart.OfError(id, e), e);
            }

            return;
        }

        if (_file?.TryAdd(fileId) == false)
        {
            return;
        }

        string? filePath = VersionInput.FilePathOf(InputObject, id);
        if (_sessions is not null)
        {
            _sessions.Add(new FileToExport(fileId, filePath), WhileWaiting);
            return;
        }

        IVersionService<TVersion> service = ServiceFor(InputObject);
        ExportSettings settings = _settings!;
        Add(fileId, (context, stop) => service.FetchExportAsync(fileId, filePath, settings, context, stop));
    }

    private void WritePart(ExportPart part, FileVersionException? failure = null)
    {
        if (_file is null)
        {
            _batch.Add(part);
            _batchLength += part.Content?.Length ?? 0;
            if (_batchLength >= MaxBatchLength)
            {
                SendBatch();
            }

            return;
        }

        if (part.ErrorKind is { } kind)
        {
            failure ??= new FileVersionException(kind, part.ErrorMessage!) { FileId = part.FileId };
            WriteError(failure.ToRecord(part.FileId));
        }

        Run(() => _file.Write(part));
        if (_file.IsCommitDue)
        {
            Run(_file.Commit);
        }
    }

    private void SendBatch()
    {
        WriteObject(ExportBatch.Pack(_batch));
        _batch.Clear();
        _batchLength = 0;
        _sinceBatch.Restart();
    }

    private void WhileWaiting()
    {
        if (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        if (_file!.IsCommitDue)
        {
            Run(_file.Commit);
        }

        ShowProgressIfDue();
    }

    // An error of the exported file, or the loss of all sessions, ends the export.
    private void Run(Action action)
    {
        try
        {
            action();
        }
        catch (FileVersionException e)
        {
            ThrowTerminatingError(e.ToRecord(Path));
        }
    }
}
