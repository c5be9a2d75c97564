using FileVersions.ImageKit;
using FileVersions.PS.BaseCommands;
using FileVersions.Services;

namespace FileVersions.PS.Commands;

/// <summary>Makes versions of files in ImageKit current.</summary>
[Cmdlet(VerbsData.Restore, "IKFileVersion", DefaultParameterSetName = InputSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(IKFileVersion))]
public sealed class RestoreIKFileVersionCommand : RestoreCommand<IKFileVersion, IKConnection>
{
    private protected override string ActionText => Texts.ActionRestore;

    private protected override string QuestionText => Texts.QuestionRestore;

    /// <inheritdoc/>
    protected override IVersionService<IKFileVersion> CreateService(IKConnection connection) => new IKClient(connection);
}
