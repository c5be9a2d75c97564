using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Box;
using FileVersions.Fetching;
using FileVersions.PS.BaseCommands;
using FileVersions.PS.Completion;

namespace FileVersions.PS.Commands;

/// <summary>Moves past versions of files in Box to the trash.</summary>
[Cmdlet(VerbsCommon.Remove, "BoxFileVersion", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveBoxFileVersionCommand : RemoveCommand<BoxFileVersion, BoxConnection>
{
    private BoxClient? _client;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(BoxVersionIdCompleter))]
    public override string VersionId { get; set; } = string.Empty;

    /// <summary>The id of the user to act for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AsUser { get; set; }

    /// <inheritdoc/>
    protected override string Action => Texts.ActionRemoveToTrash;

    /// <inheritdoc/>
    protected override void Open(BoxConnection connection) => _client = new BoxClient(connection.ForUser(AsUser));

    private protected override Task RemoveAsync(
        string fileId, string versionId, IFetchContext<BoxFileVersion> context, CancellationToken cancellationToken) =>
        context.RequestAsync(
            async stop =>
            {
                await _client!.RemoveVersionAsync(fileId, versionId, context.Log, stop).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
}
