using FileVersions.Http;
using FileVersions.PS.Output;
using FileVersions.PS.Parameters;
using FileVersions.Services;

namespace FileVersions.PS.BaseCommands;

/// <summary>A cmdlet that acts on versions, which come from the pipeline or are named by their ids.</summary>
public abstract class ChangeCommand<TItem, TVersion, TConnection> : VersionServiceCommand<TItem, TVersion, TConnection>
    where TItem : class
    where TVersion : class, IFileVersion
    where TConnection : ServiceConnection
{
    /// <summary>The parameter set for versions from the pipeline.</summary>
    protected const string InputSet = "InputObject";

    /// <summary>The parameter set for versions that are named by their ids.</summary>
    protected const string IdSet = "Id";

    /// <summary>A version, or any object with the properties FileId and VersionId.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [ValidateNotNull]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The id of the file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [Alias("Id")]
    [AllowEmptyString]
    [IdTransformation]
    public virtual string FileId { get; set; } = string.Empty;

    /// <summary>The ids of the versions.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = IdSet)]
    [AllowEmptyString]
    [IdTransformation]
    [ArgumentCompleter(typeof(Completion.VersionIdCompleter))]
    public string[] VersionId { get; set; } = [];

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (ParameterSetName == IdSet)
        {
            foreach (string versionId in VersionId)
            {
                ProcessVersion(new VersionInput(FileId, versionId));
            }

            return;
        }

        VersionInput version;
        try
        {
            version = VersionInput.From(InputObject);
        }
        catch (FileVersionException e)
        {
            WriteError(e.ToRecord(InputObject));
            return;
        }

        if (version.IsTrashed && SkipsTrashed)
        {
            WriteVerbose(Texts.TrashedSkipped.FormatWith(VersionPrompt.Describe(version)));
            return;
        }

        ProcessVersion(version);
    }

    /// <summary>Whether versions in the trash are skipped.</summary>
    private protected virtual bool SkipsTrashed => true;

    /// <summary>Processes a version, now or later.</summary>
    private protected abstract void ProcessVersion(VersionInput version);

    private protected override void ShowProgress(ProgressMeter progress, int filesDone) =>
        progress.Show(filesDone, Texts.ProgressVersions.FormatWith(filesDone, progress.RateOf(filesDone)));

    /// <summary>Whether the user will see a description of the change before it is made.</summary>
    private bool WillBeShown(ConfirmImpact impact)
    {
        if (IsWhatIf)
        {
            return true;
        }

        return MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm)
            ? LanguagePrimitives.IsTrue(confirm)
            : LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact threshold)
                && threshold != ConfirmImpact.None && impact >= threshold;
    }

    /// <summary>Returns the version with the facts that a prompt shows, which are requested if the user will see them; null after an error.</summary>
    private protected VersionInput? WithFacts(VersionInput version, bool force, ConfirmImpact impact)
    {
        if (ParameterSetName != IdSet || force || !WillBeShown(impact))
        {
            return version;
        }

        try
        {
            IVersionService<TVersion> service = ServiceFor(version.Connection);
            TVersion found = Await((log, stop) => service.GetVersionAsync(version.FileId, version.VersionId, null, log, stop));
            return VersionInput.From(PSObject.AsPSObject(found));
        }
        catch (FileVersionException e)
        {
            ErrorRecord record = e.ToRecord(version.FileId);
            if (e.IsAccountError)
            {
                ThrowTerminatingError(record);
            }

            WriteError(record);
            return null;
        }
    }
}
