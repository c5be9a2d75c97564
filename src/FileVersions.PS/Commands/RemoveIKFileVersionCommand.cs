using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Fetching;
using FileVersions.ImageKit;
using FileVersions.PS.BaseCommands;
using FileVersions.PS.Completion;

namespace FileVersions.PS.Commands;

/// <summary>Removes past versions of files in ImageKit for good.</summary>
[Cmdlet(VerbsCommon.Remove, "IKFileVersion", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveIKFileVersionCommand : RemoveCommand<IKFileVersion, IKConnection>
{
    private IKClient? _client;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(IKVersionIdCompleter))]
    public override string VersionId { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override string Action => Texts.ActionRemove;

    /// <inheritdoc/>
    protected override void Open(IKConnection connection) => _client = new IKClient(connection);

    private protected override Task RemoveAsync(
        string fileId, string versionId, IFetchContext<IKFileVersion> context, CancellationToken cancellationToken) =>
        context.RequestAsync(
            async stop =>
            {
                await _client!.RemoveVersionAsync(fileId, versionId, context.Log, stop).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
}
