using FileVersions.Http;
using FileVersions.PS.Output;
using FileVersions.PS.Parameters;
using FileVersions.Services;

namespace FileVersions.PS.BaseCommands;

/// <summary>Removes versions of files. Asks once for each file.</summary>
/// <remarks>
/// The versions of a file are removed when the next file or the end of the input is reached. By then the list that they come from is
/// complete, so removing them cannot shift its pages.
/// </remarks>
public abstract class RemoveCommand<TVersion, TConnection> : ChangeCommand<TVersion, TVersion, TConnection>
    where TVersion : class, IFileVersion
    where TConnection : ServiceConnection
{
    private readonly List<VersionInput> _versions = [];
    private readonly HashSet<string> _versionIds = new(StringComparer.Ordinal);

    /// <summary>Removes the versions without asking.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>What removing means for this service, with a placeholder for the version.</summary>
    private protected abstract string ActionText { get; }

    /// <summary>The question, with a placeholder for the versions.</summary>
    private protected abstract string QuestionText { get; }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        RemoveCollected();
        base.EndProcessing();
    }

    private protected sealed override void ProcessVersion(VersionInput version)
    {
        if (_versions.Count > 0 && (_versions[0].FileId != version.FileId || _versions[0].Connection != version.Connection))
        {
            RemoveCollected();
        }

        if (version.HoldReason is not null)
        {
            WriteVerbose(Texts.HeldSkipped.FormatWith(VersionPrompt.Describe(version), version.HoldReason));
        }
        else if (_versionIds.Add(version.VersionId) && WithFacts(version, Force, ConfirmImpact.High) is { } known)
        {
            _versions.Add(known);
        }
    }

    private void RemoveCollected()
    {
        if (_versions.Count > 0)
        {
            string question = QuestionText.FormatWith(VersionPrompt.Describe(_versions));
            if (ShouldChange(VersionPrompt.List(ActionText, _versions), question, Force))
            {
                IVersionService<TVersion> service = ServiceFor(_versions[0].Connection);
                foreach (VersionInput version in _versions)
                {
                    Add(version.FileId, (context, stop) => context.RequestAsync(
                        async inner =>
                        {
                            await service.RemoveVersionAsync(version.FileId, version.VersionId, context.Log, inner).ConfigureAwait(false);
                            return true;
                        },
                        stop));
                }
            }
        }

        _versions.Clear();
        _versionIds.Clear();
    }
}
