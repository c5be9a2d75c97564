using FileVersions.Http;
using FileVersions.PS.Output;
using FileVersions.PS.Parameters;
using FileVersions.Saving;
using FileVersions.Services;

namespace FileVersions.PS.BaseCommands;

/// <summary>Saves the contents of versions as files.</summary>
public abstract class SaveCommand<TVersion, TConnection> : ChangeCommand<FileInfo, TVersion, TConnection>
    where TVersion : class, IFileVersion
    where TConnection : ServiceConnection
{
    private static readonly TimeSpan s_maxCleanup = TimeSpan.FromSeconds(10);

    private VersionSaver? _saver;
    private string _target = string.Empty;

    /// <summary>The id of the file.</summary>
    // Not mandatory, although it is needed: without a pipeline, PowerShell binds the first of two positional ids to -Destination.
    [Parameter(Position = 0, ParameterSetName = IdSet)]
    [Alias("Id")]
    [AllowEmptyString]
    [IdTransformation]
    public override string FileId { get; set; } = string.Empty;

    /// <summary>The folder to save to, which is created if needed. By default the current folder.</summary>
    [Parameter(Position = 0, ParameterSetName = InputSet)]
    [Parameter(ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = ".";

    /// <summary>The file to save a single version to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary>Saves each version under the path that its file has in the account.</summary>
    [Parameter]
    public SwitchParameter Tree { get; set; }

    /// <summary>Replaces files that have different content.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the saved files.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    // A tree has one version of each file, which was chosen on purpose: the state of a day may include versions trashed since.
    private protected override bool SkipsTrashed => !Tree;

    /// <summary>Creates the service that locates the contents of versions.</summary>
    /// <param name="connection">The account.</param>
    private protected abstract IContentService CreateContentService(TConnection connection);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        bool hasDestination = MyInvocation.BoundParameters.ContainsKey(nameof(Destination));
        if (ParameterSetName == IdSet && !MyInvocation.BoundParameters.ContainsKey(nameof(FileId)) && hasDestination)
        {
            (FileId, Destination, hasDestination) = (Destination, ".", false);
        }

        try
        {
            _saver = new VersionSaver(ResolveDestination(hasDestination), Force);
        }
        catch (FileVersionException e)
        {
            ThrowTerminatingError(e.ToRecord(OutFile ?? Destination));
        }

        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            // Temporary files are removed before the command ends, because the process may end with it.
            _saver?.WaitUntilIdle(s_maxCleanup);
        }
    }

    private protected override void ProcessVersion(VersionInput version)
    {
        string action = Texts.ActionSave.FormatWith(VersionPrompt.Describe(version), _target);
        if (!ShouldProcess(action, action + "?", Texts.ConfirmCaption))
        {
            return;
        }

        IContentService contents = CreateContentService((TConnection)ServiceFor(version.Connection).Connection);
        var work = _saver!.Prepare(contents, ToSave(version));
        bool passThru = PassThru;
        Add(
            version.FileId,
            async (context, stop) =>
            {
                FileInfo file = await context.RequestAsync(inner => work(context.Log, inner), stop).ConfigureAwait(false);
                if (passThru)
                {
                    context.Emit([file]);
                }
            },
            // In a tree, the first version of a file gets its path, even if its name has to be requested.
            key: Tree ? version.FileId : null);
    }

    private protected override void ShowProgress(ProgressMeter progress, int filesDone) => ShowTransfer(progress, filesDone, _saver!.Progress);

    private static VersionToSave ToSave(VersionInput version)
    {
        var toSave = new VersionToSave(version.FileId, version.VersionId) { FilePath = version.FilePath };

        // If the date is unclear, the service is asked for all facts.
        return version.HasUnclearDate
            ? toSave
            : toSave with { Name = version.Name, Size = version.Size, Sha1 = version.Sha1, Url = version.Url, Date = version.Date };
    }

    private SaveDestination ResolveDestination(bool hasDestination)
    {
        if (OutFile is not null && (hasDestination || Tree))
        {
            throw new FileVersionException(FileVersionErrorKind.InvalidRequest, Texts.OutFileAlone);
        }

        _target = OutFile ?? Destination;
        string path = this.ResolvePath(_target, FileVersionErrorKind.InvalidRequest, Texts.DestinationInvalid, Texts.DestinationNotFileSystem);
        return OutFile is not null ? SaveDestination.ToFile(path)
            : Tree ? SaveDestination.ToTree(path)
            : SaveDestination.ToFolder(path);
    }
}
