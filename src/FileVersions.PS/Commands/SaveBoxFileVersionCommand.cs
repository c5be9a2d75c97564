using System.IO;
using System.Management.Automation;
using FileVersions.Box;
using FileVersions.PS.BaseCommands;
using FileVersions.PS.Completion;
using FileVersions.Services;

namespace FileVersions.PS.Commands;

/// <summary>Saves the contents of versions of files in Box.</summary>
[Cmdlet(VerbsData.Save, "BoxFileVersion", DefaultParameterSetName = "Folder", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class SaveBoxFileVersionCommand : SaveCommand<BoxConnection>
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(BoxVersionIdCompleter))]
    public override string VersionId { get; set; } = string.Empty;

    /// <summary>The id of the user to act for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AsUser { get; set; }

    private protected override IContentService CreateContentService(BoxConnection connection) => new BoxContentService(connection.ForUser(AsUser));
}
