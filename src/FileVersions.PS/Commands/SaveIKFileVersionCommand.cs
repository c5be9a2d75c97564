using System.IO;
using System.Management.Automation;
using FileVersions.ImageKit;
using FileVersions.PS.BaseCommands;
using FileVersions.PS.Completion;
using FileVersions.Services;

namespace FileVersions.PS.Commands;

/// <summary>Saves the contents of versions of files in ImageKit.</summary>
[Cmdlet(VerbsData.Save, "IKFileVersion", DefaultParameterSetName = "Folder", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class SaveIKFileVersionCommand : SaveCommand<IKConnection>
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(IKVersionIdCompleter))]
    public override string VersionId { get; set; } = string.Empty;

    private protected override IContentService CreateContentService(IKConnection connection) => new IKContentService(connection);
}
