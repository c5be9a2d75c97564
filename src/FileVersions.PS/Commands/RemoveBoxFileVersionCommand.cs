using FileVersions.Box;
using FileVersions.PS.BaseCommands;
using FileVersions.Services;

namespace FileVersions.PS.Commands;

/// <summary>Moves past versions of files in Box to the trash.</summary>
[Cmdlet(VerbsCommon.Remove, "BoxFileVersion", DefaultParameterSetName = InputSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveBoxFileVersionCommand : RemoveCommand<BoxFileVersion, BoxConnection>
{
    /// <summary>The id of the user to act as.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AsUser { get; set; }

    private protected override string ActionText => Texts.ActionMoveToTrash;

    private protected override string QuestionText => Texts.QuestionMoveToTrash;

    /// <inheritdoc/>
    protected override IVersionService<BoxFileVersion> CreateService(BoxConnection connection) => new BoxClient(connection.ForUser(AsUser));
}
