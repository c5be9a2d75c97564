using FileVersions.Box;
using FileVersions.PS.BaseCommands;
using FileVersions.PS.Parameters;
using FileVersions.Services;

namespace FileVersions.PS.Commands;

/// <summary>Makes versions of files in Box current, or takes them out of the trash.</summary>
[Cmdlet(VerbsData.Restore, "BoxFileVersion", DefaultParameterSetName = InputSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(BoxFileVersion))]
public sealed class RestoreBoxFileVersionCommand : RestoreCommand<BoxFileVersion, BoxConnection>
{
    /// <summary>Takes the version out of the trash, to its place among the past versions.</summary>
    [Parameter]
    public SwitchParameter FromTrash { get; set; }

    /// <summary>The id of the user to act as.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AsUser { get; set; }

    private protected override string ActionText => FromTrash ? Texts.ActionRestoreFromTrash : Texts.ActionPromote;

    private protected override string QuestionText => FromTrash ? Texts.QuestionRestoreFromTrash : Texts.QuestionPromote;

    /// <inheritdoc/>
    protected override IVersionService<BoxFileVersion> CreateService(BoxConnection connection) => new BoxClient(connection.ForUser(AsUser));

    private protected override Task<BoxFileVersion> RestoreAsync(
        IVersionService<BoxFileVersion> service, VersionInput version, Action<string>? log, CancellationToken cancellationToken) =>
        FromTrash
            ? ((BoxClient)service).RestoreFromTrashAsync(
                version.FileId, version.VersionId, new VersionReadOptions { FilePath = version.FilePath }, log, cancellationToken)
            : base.RestoreAsync(service, version, log, cancellationToken);
}
