using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Fetching;
using FileVersions.ImageKit;
using FileVersions.PS.BaseCommands;
using FileVersions.PS.Completion;

namespace FileVersions.PS.Commands;

/// <summary>Makes a version of a file in ImageKit the current one.</summary>
[Cmdlet(VerbsData.Restore, "IKFileVersion", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(IKFileVersion))]
public sealed class RestoreIKFileVersionCommand : RestoreCommand<IKFileVersion, IKConnection>
{
    private IKClient? _client;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(IKVersionIdCompleter))]
    public override string VersionId { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override string Action => Texts.ActionRestore;

    /// <inheritdoc/>
    protected override void Open(IKConnection connection) => _client = new IKClient(connection);

    private protected override Task RestoreAsync(
        string fileId, string versionId, IFetchContext<IKFileVersion> context, CancellationToken cancellationToken) =>
        context.EmitAsync(stop => _client!.RestoreVersionAsync(fileId, versionId, null, context.Log, stop), cancellationToken);
}
