using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Box;
using FileVersions.Fetching;
using FileVersions.PS.BaseCommands;
using FileVersions.PS.Completion;

namespace FileVersions.PS.Commands;

/// <summary>Makes a version of a file in Box the current one, or brings one back from the trash.</summary>
[Cmdlet(VerbsData.Restore, "BoxFileVersion", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(BoxFileVersion))]
public sealed class RestoreBoxFileVersionCommand : RestoreCommand<BoxFileVersion, BoxConnection>
{
    private BoxClient? _client;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(BoxVersionIdCompleter))]
    public override string VersionId { get; set; } = string.Empty;

    /// <summary>Brings the version back from the trash to its place among the past versions.</summary>
    [Parameter]
    public SwitchParameter FromTrash { get; set; }

    /// <summary>The id of the user to act for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AsUser { get; set; }

    /// <inheritdoc/>
    protected override string Action => FromTrash ? Texts.ActionRestoreFromTrash : Texts.ActionRestore;

    /// <inheritdoc/>
    protected override void Open(BoxConnection connection) => _client = new BoxClient(connection.ForUser(AsUser));

    private protected override Task RestoreAsync(
        string fileId, string versionId, IFetchContext<BoxFileVersion> context, CancellationToken cancellationToken) =>
        FromTrash
            ? context.EmitAsync(stop => _client!.RestoreFromTrashAsync(fileId, versionId, null, context.Log, stop), cancellationToken)
            : context.EmitAsync(stop => _client!.RestoreVersionAsync(fileId, versionId, null, context.Log, stop), cancellationToken);
}
