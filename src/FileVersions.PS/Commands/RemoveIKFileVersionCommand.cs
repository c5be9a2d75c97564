using FileVersions.ImageKit;
using FileVersions.PS.BaseCommands;
using FileVersions.Services;

namespace FileVersions.PS.Commands;

/// <summary>Deletes past versions of files in ImageKit permanently.</summary>
[Cmdlet(VerbsCommon.Remove, "IKFileVersion", DefaultParameterSetName = InputSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveIKFileVersionCommand : RemoveCommand<IKFileVersion, IKConnection>
{
    private protected override string ActionText => Texts.ActionDelete;

    private protected override string QuestionText => Texts.QuestionDelete;

    /// <inheritdoc/>
    protected override IVersionService<IKFileVersion> CreateService(IKConnection connection) => new IKClient(connection);
}
