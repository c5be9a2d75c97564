using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.PS.Output;
using FileVersions.PS.Parameters;
using FileVersions.Services;

namespace FileVersions.PS.BaseCommands;

/// <summary>
/// Makes versions current. Works on many files concurrently, but restores the versions of one file in input order, because the last one
/// is current afterwards.
/// </summary>
public abstract class RestoreCommand<TVersion, TConnection> : ChangeCommand<TVersion, TVersion, TConnection>
    where TVersion : class, IFileVersion
    where TConnection : ServiceConnection
{
    /// <summary>Restores the version even if it is current already, and without asking.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool SkipsTrashed => false;

    /// <summary>What restoring means for this service, with a placeholder for the version.</summary>
    private protected abstract string ActionText { get; }

    /// <summary>The question, with a placeholder for the version.</summary>
    private protected abstract string QuestionText { get; }

    private protected virtual Task<TVersion> RestoreAsync(
        IVersionService<TVersion> service, VersionInput version, Action<string>? log, CancellationToken cancellationToken)
    {
        var options = new RestoreOptions { Force = Force, VersionName = version.VersionName, FilePath = version.FilePath };
        return service.RestoreVersionAsync(version.FileId, version.VersionId, options, log, cancellationToken);
    }

    private protected sealed override void ProcessVersion(VersionInput version)
    {
        if (WithFacts(version, Force, ConfirmImpact.Medium) is not { } known)
        {
            return;
        }

        string description = VersionPrompt.Describe(known);
        if (IsWhatIf && !Force && known.IsKnownCurrent)
        {
            WriteVerbose(Texts.CurrentNotRestored.FormatWith(description));
            return;
        }

        if (!ShouldChange(ActionText.FormatWith(description), QuestionText.FormatWith(description), Force))
        {
            return;
        }

        IVersionService<TVersion> service = ServiceFor(known.Connection);
        Add(
            known.FileId,
            (context, stop) => context.EmitAsync(inner => RestoreAsync(service, known, context.Log, inner), stop),
            key: known.FileId);
    }
}
